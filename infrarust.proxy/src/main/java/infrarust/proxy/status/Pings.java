package infrarust.proxy.status;

import infrarust.proxy.config.MotdState;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.LegacyPingHandler;
import infrarust.proxy.gate.Route;
import infrarust.proxy.gate.StatusHandler;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.status.PingEvents.Pinger;
import infrarust.proxy.telemetry.Refusal;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers whoever pings: with the answer of the backend that the host leads to, else with a message of the proxy. Any loop may
 * hand over clients; each is served on its own.
 */
public final class Pings {

    /**
     * What backends are asked with on behalf of clients whose own numbers they cannot know; by convention the number of a
     * pinger that has no version.
     */
    private static final int NO_VERSION = -1;

    private final StatusRelay relay;
    private final PingEvents events;
    private volatile Motds motds;

    /**
     * @param cache how long and how many answers are held
     * @param motds the configuration's messages
     * @param backends how servers are reached
     * @param events where plugins listen
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public Pings(StatusCache cache, Motds motds, Backends backends, EventDispatcher events, LongSupplier nanoTime) {
        this.motds = motds;
        this.events = new PingEvents(events);
        this.relay = new StatusRelay(backends, cache, nanoTime);
    }

    /** The configuration has changed, and the messages with it. Any thread. */
    public void configure(StatusCache cache, Motds replacement) {
        motds = replacement;
        relay.configure(cache);
    }

    /** Serves pings of 1.7 and newer. */
    public StatusHandler status() {
        return client -> client.handOver(new StatusConversation(client, then -> {
            Handshake question = client.handshake();
            Route route = client.route();
            find(
                    client,
                    route,
                    question,
                    shown(
                            then,
                            () -> new Pinger(
                                    client, Optional.of(route), question.protocol(), question.protocol(), false)));
        }));
    }

    /** Serves pings of older clients. */
    public LegacyPingHandler legacy() {
        return client -> client.handOverFromStart(new LegacyConversation(client, (question, then) -> {
            int told = question.protocol();
            if (question instanceof LegacyQuestion.ToHost(int protocol, String host, int port)) {
                var asked = new Handshake(NO_VERSION, host, port, Handshake.STATUS);
                Route route = client.routeOf(host);
                find(
                        client,
                        route,
                        asked,
                        shown(then, () -> new Pinger(client, Optional.of(route), protocol, told, true)));
            } else {
                shown(then, () -> new Pinger(client, Optional.empty(), NO_VERSION, told, true))
                        .accept(motds.unknownDomain());
            }
        }));
    }

    /** Where the answer has to go: through the plugins, or straight on while none of them listens. */
    private Consumer<StatusAnswer> shown(Consumer<StatusAnswer> then, Supplier<Pinger> pinger) {
        return events.isHeard() ? answer -> events.ask(pinger.get(), answer, then) : then;
    }

    private void find(ClientConnection client, Route route, Handshake question, Consumer<StatusAnswer> then) {
        Motds current = motds;
        ProxyConfig config = route.snapshot().config();
        if (route.server().isPresent()) {
            ServerConfig server = route.server().get();
            if (!client.isAllowedOn(server)) {
                client.refused(Refusal.IP_FILTER);
                client.close();
                return;
            }
            if (server.leadsIntoLimbo()) {
                then.accept(current.own(server, MotdState.ONLINE));
                return;
            }
            relay.ask(
                    server,
                    config.connectMaxAttempts(),
                    client,
                    question,
                    current,
                    answer -> then.accept(answer == null ? current.own(server, MotdState.UNREACHABLE) : answer));
            return;
        }
        client.refused(Refusal.UNKNOWN_DOMAIN);
        if (config.unknownDomainBehavior() == UnknownDomain.DEFAULT_MOTD) {
            then.accept(current.unknownDomain());
        } else {
            client.close();
        }
    }
}
