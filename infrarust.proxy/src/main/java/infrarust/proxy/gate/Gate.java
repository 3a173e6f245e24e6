package infrarust.proxy.gate;

import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.UnknownDomain;
import infrarust.proxy.net.LoopScope;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.telemetry.ConnectionCounters;
import infrarust.proxy.telemetry.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
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

    private final PacketTable packets;
    private final Route.Finder routes;
    private final ConnectionCounters counters;
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
     * @param counters where refusals are counted
     * @param rooms who serves what
     */
    public Gate(PacketTable packets, Route.Finder routes, ConnectionCounters counters, Rooms rooms) {
        this.packets = packets;
        this.routes = routes;
        this.counters = counters;
        this.rooms = rooms;
    }

    /** The first handler of a new connection. Called on the channel's loop, where it turns reading on. */
    public ChannelHandler receive(Channel channel, LoopScope scope) {
        counters.accept();
        // A channel that has closed already has no address; nothing will be read from it either.
        var remoteAddress = channel.remoteAddress() instanceof InetSocketAddress known
                ? known
                : InetSocketAddress.createUnresolved("", 0);
        var client = new ClientConnection(channel, remoteAddress, packets, scope, routes, counters);
        client.deadline(HANDSHAKE_TIME);
        return new OpeningHandler(this, client);
    }

    /** The client has said what it wants. */
    void enter(ClientConnection client) {
        switch (client.handshake().next()) {
            case Handshake.STATUS -> rooms.status().handle(client);
            case Handshake.LOGIN, Handshake.TRANSFER -> join(client);
            default -> client.malformed();
        }
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
        } else if (server.get().proxyMode().intercepted()) {
            rooms.intercepting().handle(client);
        } else {
            rooms.forwarding().handle(client);
        }
    }

    void legacyPing(ClientConnection client) {
        rooms.legacyPing().handle(client);
    }
}
