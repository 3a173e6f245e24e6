package infrarust.proxy.gate;

import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.net.ProxyHeaderReader;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.telemetry.ConnectionCounters;
import infrarust.proxy.telemetry.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * Receives each accepted connection, reads what it wants, and gives it to the room that serves it. One object for the whole
 * proxy; any thread.
 */
public final class Gate {

    /** How long a client may take from the connection to the end of its handshake. */
    public static final Duration HANDSHAKE_TIME = Duration.ofSeconds(10);

    private static final Component TOO_OFTEN =
            Component.text("You are connecting too often. Wait some seconds and try again.");
    private static final Component NOT_ALLOWED = Component.text("You may not join this server from your address.");

    private static final Component TURNED_AWAY = Component.text("You may not join this server.");

    private final PacketTable packets;
    private final Route.Finder routes;
    private final Admission admission;
    private final ConnectionCounters counters;
    private final GateEvents events;
    private final Rooms rooms;

    /**
     * Who serves what.
     *
     * @param status pings
     * @param legacyPing pings from before 1.7
     * @param forwarding logins on servers whose mode only forwards
     * @param intercepting logins on servers whose mode ends the protocol in the proxy
     */
    public record Rooms(
            StatusHandler status, LegacyPingHandler legacyPing, JoinHandler forwarding, JoinHandler intercepting) {}

    /**
     * @param packets ids of all versions
     * @param routes where host names lead
     * @param admission who may come in
     * @param counters where refusals are counted
     * @param events where plugins listen
     * @param rooms who serves what
     */
    public Gate(
            PacketTable packets,
            Route.Finder routes,
            Admission admission,
            ConnectionCounters counters,
            EventDispatcher events,
            Rooms rooms) {
        this.packets = packets;
        this.routes = routes;
        this.admission = admission;
        this.counters = counters;
        this.events = new GateEvents(events);
        this.rooms = rooms;
    }

    /** The first handler of a new connection. Called on the channel's loop, where it turns reading on. */
    public ChannelHandler receive(Channel channel, LoopScope scope) {
        counters.accept();
        var _ = channel.closeFuture().addListener(closed -> counters.close());
        Optional<Endpoints> socket = Endpoints.of(channel);
        if (socket.isEmpty()) {
            return gone(channel); // it has closed already
        }
        return admission
                .headers()
                .<ChannelHandler>map(rules -> new ProxyHeaderReader(
                        channel, socket.get(), scope, rules, new Headed(channel, scope, socket.get())))
                .orElseGet(() -> admit(channel, scope, socket.get(), socket.get()));
    }

    private ChannelHandler admit(Channel channel, LoopScope scope, Endpoints socket, Endpoints ends) {
        InetAddress address = ends.client().getAddress();
        if (!admission.admits(address)) {
            counters.refuse(Refusal.IP_FILTER, address);
            events.rejected(ends.client(), Optional::empty, Refusal.IP_FILTER);
            return gone(channel);
        }
        var client = new ClientConnection(channel, ends, packets, scope, routes, counters, events);
        client.deadline(HANDSHAKE_TIME);
        return admission
                .filters()
                .before(
                        channel,
                        scope,
                        socket,
                        ends,
                        () -> client.refused(Refusal.PLUGIN),
                        () -> new OpeningHandler(this, client));
    }

    private static ChannelHandler gone(Channel channel) {
        var _ = channel.close();
        return new Gone();
    }

    /** A connection whose PROXY header is being read. */
    private final class Headed implements ProxyHeaderReader.Outcome {

        private final Channel channel;
        private final LoopScope scope;
        private final Endpoints socket;

        Headed(Channel channel, LoopScope scope, Endpoints socket) {
            this.channel = channel;
            this.scope = scope;
            this.socket = socket;
        }

        @Override
        public ChannelHandler accepted(Endpoints ends) {
            return admit(channel, scope, socket, ends);
        }

        @Override
        public void refused(ProxyHeaderReader.Fault fault) {
            counters.refuse(
                    switch (fault) {
                        case MISSING -> Refusal.PROXY_HEADER_MISSING;
                        case UNTRUSTED -> Refusal.PROXY_HEADER_UNTRUSTED;
                        case MALFORMED -> Refusal.PROXY_HEADER_MALFORMED;
                        case TOO_SLOW -> Refusal.TOO_SLOW;
                    },
                    socket.client().getAddress());
        }
    }

    /** The client has said what it wants. */
    void enter(ClientConnection client) {
        switch (client.handshake().next()) {
            case Handshake.STATUS -> {
                if (mayPing(client)) {
                    ask(client, false, () -> rooms.status().handle(client));
                }
            }
            case Handshake.LOGIN, Handshake.TRANSFER -> {
                if (mayLogIn(client)) {
                    ask(client, false, () -> join(client));
                }
            }
            default -> client.malformed();
        }
    }

    /** Goes on when the plugins have nothing against it; at once when none of them wants to know. */
    private void ask(ClientConnection client, boolean legacy, Runnable then) {
        if (!events.asksForHandshakes()) {
            then.run();
            return;
        }
        client.hold();
        events.ask(client, legacy, answer -> {
            if (!client.channel().isActive()) {
                return;
            }
            switch (answer) {
                case ConnectionHandshakeEvent.Result.Allow() -> {
                    client.goOn();
                    then.run();
                }
                case ConnectionHandshakeEvent.Result.Deny(Optional<Component> reason) -> {
                    client.refused(Refusal.PLUGIN);
                    client.refuse(reason.orElse(TURNED_AWAY));
                }
                case ConnectionHandshakeEvent.Result.DropSilently() -> {
                    client.refused(Refusal.PLUGIN);
                    client.close();
                }
            }
        });
    }

    private boolean mayPing(ClientConnection client) {
        boolean may = admission.ping(client.remoteAddress().getAddress()) == AddressRate.Ruling.ALLOWED;
        if (!may) {
            client.refused(Refusal.PING_RATE);
            client.close();
        }
        return may;
    }

    private boolean mayLogIn(ClientConnection client) {
        AddressRate.Ruling ruling = admission.login(client.remoteAddress().getAddress());
        switch (ruling) {
            case ALLOWED -> {}
            case REFUSED -> {
                client.refused(Refusal.LOGIN_RATE);
                client.refuse(TOO_OFTEN);
            }
            case REFUSED_AGAIN -> {
                // Words make a connection stay open for some seconds; who goes on and on gets none.
                client.refused(Refusal.LOGIN_RATE);
                client.close();
            }
        }
        return ruling == AddressRate.Ruling.ALLOWED;
    }

    private void join(ClientConnection client) {
        Route route = client.route();
        Optional<ServerConfig> server = route.server();
        if (server.isEmpty()) {
            client.refused(Refusal.UNKNOWN_DOMAIN);
            if (route.snapshot().config().unknownDomainBehavior() == UnknownDomain.DROP) {
                client.close();
            } else {
                client.refuse(Component.text("Unknown server"));
            }
        } else if (!client.isAllowedOn(server.get())) {
            client.refused(Refusal.IP_FILTER);
            client.refuse(NOT_ALLOWED);
        } else if (server.get().proxyMode().intercepted()) {
            rooms.intercepting().handle(client);
        } else {
            rooms.forwarding().handle(client);
        }
    }

    void legacyPing(ClientConnection client) {
        if (mayPing(client)) {
            ask(client, true, () -> rooms.legacyPing().handle(client));
        }
    }
}
