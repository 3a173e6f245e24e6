package infrarust.proxy.forward;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.login.OfflineProfile;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.kyori.adventure.text.Component;

/**
 * A player whose bytes are only forwarded, as plugins see it: known by the name that the client has said, and by what the connection
 * itself tells. Any thread, unless a method says otherwise.
 */
final class ForwardedPlayer extends UnspokenPlayer {

    private final Forwarding forwarding;
    private final ClientConnection client;
    private final GameProfile profile;
    private final int protocol;
    private final long id;
    private final Instant connectedAt = Instant.now();
    private final AtomicReference<DisconnectEvent.Cause> cause = new AtomicReference<>();
    private volatile Optional<String> server = Optional.empty();
    private volatile boolean leaving;
    private Runnable whenRefused = () -> {};
    private boolean listed;
    private boolean relayed;

    ForwardedPlayer(Forwarding forwarding, ClientConnection client, String name) {
        this.forwarding = forwarding;
        this.client = client;
        this.profile = OfflineProfile.of(name);
        this.protocol = client.handshake().protocol();
        this.id = forwarding.players().nextId();
    }

    /** Puts the player on the list until its connection closes. Only the loop; once. */
    void list() {
        listed = true;
        forwarding.players().registerUnknown(this);
        var _ = client.channel().closeFuture().addListener(closed -> gone());
    }

    /** What runs before it is told a reason to go. Only the loop. */
    void whenRefused(Runnable action) {
        whenRefused = action;
    }

    /** Whether it has been put on the list. Only the loop. */
    boolean isListed() {
        return listed;
    }

    /** Its bytes go to that server from here on, and it can be told nothing any more. Only the loop. */
    void relayed(ServerConfig to, Channel backend) {
        relayed = true;
        server = Optional.of(to.id());
        if (forwarding.events().isHeard(DisconnectEvent.class)) {
            // The relay ends when both sides have; whoever says so first is the one who has ended it.
            client.channel().pipeline().addFirst(new End(DisconnectEvent.Cause.CLIENT_QUIT));
            backend.pipeline().addFirst(new End(DisconnectEvent.Cause.BACKEND_CLOSED));
        }
    }

    /** What ends the connection. The first of several counts. */
    void because(DisconnectEvent.Cause what) {
        cause.compareAndSet(null, what);
    }

    private void gone() {
        because(DisconnectEvent.Cause.CLIENT_QUIT);
        var _ = forwarding
                .events()
                .fire(new DisconnectEvent(this, server, Objects.requireNonNull(cause.get())))
                .whenComplete((event, failure) -> forwarding.players().remove(this));
    }

    /** Whether it has been told to go. */
    boolean isLeaving() {
        return leaving;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public GameProfile profile() {
        return profile;
    }

    @Override
    public int protocolVersion() {
        return protocol;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return client.remoteAddress();
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public Optional<String> currentServer() {
        return server;
    }

    @Override
    public boolean isConnected() {
        return client.channel().isActive();
    }

    @Override
    public InetSocketAddress virtualHost() {
        return InetSocketAddress.createUnresolved(
                client.route().host(), client.handshake().port());
    }

    @Override
    public void disconnect(Component reason) {
        if (client.eventLoop().inEventLoop()) {
            disconnectNow(reason);
        } else {
            client.eventLoop().execute(() -> disconnectNow(reason));
        }
    }

    private void disconnectNow(Component reason) {
        if (leaving || !isConnected()) {
            return;
        }
        leaving = true;
        because(forwarding.players().isClosing() ? DisconnectEvent.Cause.SHUTDOWN : DisconnectEvent.Cause.KICKED);
        if (relayed) {
            client.close(); // server and client may have agreed on a cipher since: nothing can be put between
        } else {
            whenRefused.run();
            client.refuse(reason);
        }
    }

    @Override
    public String toString() {
        return profile.username() + " (connection " + id + ", forwarded)";
    }

    /** Notices that one side has no more to say. */
    private final class End extends ChannelInboundHandlerAdapter {

        private final DisconnectEvent.Cause meaning;

        End(DisconnectEvent.Cause meaning) {
            this.meaning = meaning;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (event instanceof ChannelInputShutdownEvent) {
                because(meaning);
            }
            super.userEventTriggered(ctx, event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            because(meaning);
            super.channelInactive(ctx);
        }
    }
}
