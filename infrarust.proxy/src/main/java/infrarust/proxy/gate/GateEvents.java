package infrarust.proxy.gate;

import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.api.event.ConnectionHandshakeEvent.Intent;
import infrarust.api.event.ConnectionHandshakeEvent.Target;
import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.ConnectionRejectedEvent.Reason;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.telemetry.Refusal;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells the plugins who stands at the gate, and who is turned away; costs one look-up while none of them listens. Any thread. */
final class GateEvents {

    /** The protocol number of clients that have not said one. */
    private static final int NO_VERSION = -1;

    private final EventDispatcher events;

    GateEvents(EventDispatcher events) {
        this.events = events;
    }

    /** Whether a plugin wants to be asked about {@linkplain #ask handshakes}. */
    boolean asksForHandshakes() {
        return events.isHeard(ConnectionHandshakeEvent.class);
    }

    /**
     * Asks the plugins about a client that has sent its handshake, or a ping of before 1.7.
     *
     * @param then hears the answer on the client's loop
     */
    void ask(ClientConnection client, boolean legacy, Consumer<ConnectionHandshakeEvent.Result> then) {
        events.fire(legacy ? legacy(client) : modern(client), client.eventLoop(), event -> then.accept(event.result()));
    }

    private static ConnectionHandshakeEvent modern(ClientConnection client) {
        Handshake read = client.handshake();
        Route route = client.route();
        return new ConnectionHandshakeEvent(
                client.remoteAddress(),
                new Target(
                        route.host(), read.host(), read.port(), route.server().map(ServerConfig::id)),
                read.protocol(),
                switch (read.next()) {
                    case Handshake.STATUS -> Intent.STATUS;
                    case Handshake.TRANSFER -> Intent.TRANSFER;
                    default -> Intent.LOGIN;
                },
                false);
    }

    private static ConnectionHandshakeEvent legacy(ClientConnection client) {
        return new ConnectionHandshakeEvent(client.remoteAddress(), Target.unknown(), NO_VERSION, Intent.STATUS, true);
    }

    /**
     * Tells the plugins that a connection is turned away, if it is for a reason that they are told.
     *
     * @param host asked only when somebody listens
     */
    void rejected(InetSocketAddress client, Supplier<Optional<String>> host, Refusal refusal) {
        if (events.isHeard(ConnectionRejectedEvent.class)) {
            reason(refusal).ifPresent(reason -> events.post(new ConnectionRejectedEvent(client, host.get(), reason)));
        }
    }

    private static Optional<Reason> reason(Refusal refusal) {
        return switch (refusal) {
            case IP_FILTER -> Optional.of(Reason.IP_FILTER);
            case LOGIN_RATE, PING_RATE -> Optional.of(Reason.RATE_LIMIT);
            case UNKNOWN_DOMAIN -> Optional.of(Reason.UNKNOWN_DOMAIN);
            case SERVER_UNAVAILABLE -> Optional.of(Reason.SERVER_UNAVAILABLE);
            case BANNED -> Optional.of(Reason.BANNED);
            case PLUGIN -> Optional.of(Reason.PLUGIN);
            default -> Optional.empty(); // no decision, but a client that is broken, too slow or gone
        };
    }
}
