package infrarust.proxy.status;

import infrarust.proxy.config.MotdState;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.LegacyPingHandler;
import infrarust.proxy.gate.Route;
import infrarust.proxy.gate.StatusHandler;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.telemetry.Refusal;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

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
    private volatile Motds motds;

    /**
     * @param cache how long and how many answers are held
     * @param motds the configuration's messages
     * @param backends how servers are reached
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public Pings(StatusCache cache, Motds motds, Backends backends, LongSupplier nanoTime) {
        this.motds = motds;
        this.relay = new StatusRelay(backends, cache, nanoTime);
    }

    /** The configuration has changed, and the messages with it. Any thread. */
    public void configure(StatusCache cache, Motds replacement) {
        motds = replacement;
        relay.configure(cache);
    }

    /** Serves pings of 1.7 and newer. */
    public StatusHandler status() {
        return client -> client.handOver(
                new StatusConversation(client, then -> find(client, client.route(), client.handshake(), then)));
    }

    /** Serves pings of older clients. */
    public LegacyPingHandler legacy() {
        return client -> client.handOverFromStart(new LegacyConversation(client, (question, then) -> {
            if (question instanceof LegacyQuestion.ToHost(int protocol, String host, int port)) {
                var asked = new Handshake(NO_VERSION, host, port, Handshake.STATUS);
                find(client, client.routeOf(host), asked, then);
            } else {
                then.accept(motds.unknownDomain());
            }
        }));
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
