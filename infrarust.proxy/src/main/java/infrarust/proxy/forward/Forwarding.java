package infrarust.proxy.forward;

import infrarust.proxy.config.DomainRewrite;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.TransportFilters;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.JoinHandler;
import infrarust.proxy.gate.NameCheck;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.net.Relay;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.service.OnlinePlayers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code passthrough}, {@code server_only} and {@code zero_copy}: connects to the server, replays the client's bytes as they came, and
 * then only relays, for {@code zero_copy} inside the kernel where the system can do that. A server that cannot be reached is told to the client as a login disconnect.
 *
 * <p>The name in the login start is read, and no more than that: for the list of players, for plugins, and for bans of names. While
 * no plugin listens and no name is banned, nothing waits for it.
 */
public final class Forwarding implements JoinHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Backends backends;
    private final AtomicBoolean toldOfWatchers = new AtomicBoolean();
    private final NameCheck names;
    private final LoginGuard guard;
    private final EventDispatcher events;
    private final OnlinePlayers players;

    /**
     * @param backends how servers are reached
     * @param names who may come under which name
     * @param guard who may log in
     * @param events where plugins listen
     * @param players the list of who is connected
     */
    public Forwarding(
            Backends backends, NameCheck names, LoginGuard guard, EventDispatcher events, OnlinePlayers players) {
        this.backends = backends;
        this.names = names;
        this.guard = guard;
        this.events = events;
        this.players = players;
    }

    @Override
    public void handle(ClientConnection client) {
        ServerConfig server = client.route().server().orElseThrow();
        client.noDeadline();
        var waiting = new Waiting(this, client, server);
        if (server.domainRewrite() instanceof DomainRewrite.None) {
            client.handOverFromStart(waiting);
        } else {
            waiting.replay(handshake(client, server));
            client.handOver(waiting);
        }
        waiting.begin();
    }

    /** The frame of the handshake that the server gets instead of the client's. */
    static ByteBuf handshake(ClientConnection client, ServerConfig server) {
        return Frames.frame(
                Handshake.LAYOUT.encode(client.channel().alloc(), client.packetIds(), client.handshakeFor(server)));
    }

    Backends backends() {
        return backends;
    }

    NameCheck names() {
        return names;
    }

    LoginGuard guard() {
        return guard;
    }

    EventDispatcher events() {
        return events;
    }

    OnlinePlayers players() {
        return players;
    }

    /** Lets the kernel move the bytes, unless somebody wants to see them. */
    void splice(ClientConnection client, Channel backend, Relay.Watch watch) {
        Channel own = client.channel();
        if (TransportFilters.wantsData(own)) {
            if (toldOfWatchers.compareAndSet(false, true)) {
                LOG.info("zero_copy: a transport filter of a plugin wants the bytes of connections, so those go through"
                        + " the proxy's memory and not inside the kernel");
            }
            return;
        }
        // Behind the connector, which turns reading on when this returns.
        own.eventLoop().execute(() -> Relay.splice(own, backend, client.scope(), watch));
    }
}
