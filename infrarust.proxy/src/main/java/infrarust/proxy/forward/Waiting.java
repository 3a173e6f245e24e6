package infrarust.proxy.forward;

import infrarust.api.event.DisconnectEvent;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.net.ReceiveBuffer;
import infrarust.proxy.net.Relay;
import infrarust.proxy.net.Vigil;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * A client from its handshake until it is relayed: keeps what it has sent, while plugins are asked (when there are any that want to
 * be) and the server is connected. Only the loop's thread.
 */
final class Waiting extends ChannelInboundHandlerAdapter {

    /** How long a client may take from its handshake to its login start, when that is waited for. */
    private static final Duration LOGIN_START_TIME = Duration.ofSeconds(10);

    private final Forwarding forwarding;
    private final ClientConnection client;
    private final Deque<ByteBuf> replay = new ArrayDeque<>();
    private ServerConfig server;
    private @Nullable Future<Channel> connecting;
    private @Nullable ForwardedLogin login;
    /** Whether the login start is waited for. */
    private boolean listens;

    Waiting(Forwarding forwarding, ClientConnection client, ServerConfig server) {
        this.forwarding = forwarding;
        this.client = client;
        this.server = server;
    }

    void replay(ByteBuf bytes) {
        replay.add(bytes);
    }

    void begin() {
        if (forwarding.names().matters() || ForwardedLogin.isHeard(forwarding.events())) {
            listens = true;
            client.deadline(LOGIN_START_TIME);
            listen();
        } else {
            connect(server);
        }
    }

    private void listen() {
        switch (LoginPeek.at(replay)) {
            case LoginPeek.Incomplete() -> {}
            case LoginPeek.Foreign() -> {
                heard();
                connect(server); // it may be a game of its own, which is none of the proxy's business
            }
            case LoginPeek.Name(String name) -> {
                heard();
                check(name);
            }
        }
    }

    private void check(String name) {
        var check = forwarding.names().check(client, name).toCompletableFuture();
        if (check.isDone()) {
            checked(name, check.join());
        } else {
            var _ = check.thenAcceptAsync(banned -> checked(name, banned), client.eventLoop());
        }
    }

    private void checked(String name, Optional<Component> banned) {
        if (!client.channel().isActive()) {
            return; // it has left while a plugin was asked
        }
        if (banned.isPresent()) {
            client.refused(Refusal.BANNED);
            forget();
            client.refuse(banned.get());
        } else if (ForwardedLogin.isHeard(forwarding.events())) {
            login = new ForwardedLogin(forwarding, client, server, name);
            login.player().whenRefused(this::forget);
            login.begin(this::connectInstead);
        } else {
            connect(server);
        }
    }

    private void heard() {
        listens = false;
        client.noDeadline();
        client.channel().config().setAutoRead(false);
    }

    private void connectInstead(ServerConfig chosen) {
        ByteBuf first = replay.peek();
        if (!chosen.id().equals(server.id()) && first != null) {
            // It begins with the handshake for the other server, which came in one piece.
            first.skipBytes(Frames.readLength(first, Frames.MAX_LENGTH));
            replay.addFirst(Forwarding.handshake(client, chosen));
            server = chosen;
        }
        connect(chosen);
    }

    private void connect(ServerConfig chosen) {
        Channel own = client.channel();
        Future<Channel> attempt = forwarding.backends().connect(client, chosen, Relay.to(own, client.scope()));
        connecting = attempt;
        var _ = attempt.addListener((Future<Channel> done) -> {
            if (done.isSuccess()) {
                relay(own, done.getNow());
            } else if (own.isActive() && (login == null || !login.player().isLeaving())) {
                client.refused(Refusal.SERVER_UNAVAILABLE);
                if (login != null) {
                    login.player().because(DisconnectEvent.Cause.BACKEND_CLOSED);
                }
                Component reason = PlainText.parse(chosen.disconnectMessage(name()));
                forget();
                client.refuse(reason);
            }
        });
    }

    /** As the client has said it so far; empty when it has not. */
    private String name() {
        return LoginPeek.at(replay) instanceof LoginPeek.Name(String name) ? name : "";
    }

    private void relay(Channel own, Channel backend) {
        if (!own.isActive() || (login != null && login.player().isLeaving())) {
            var _ = backend.close();
            return;
        }
        ForwardedPlayer player = player();
        if (player != null) {
            player.relayed(server, backend);
        }
        for (ByteBuf bytes = replay.poll(); bytes != null; bytes = replay.poll()) {
            var _ = backend.write(bytes, backend.voidPromise());
        }
        backend.flush();
        own.pipeline().replace(this, null, Relay.to(backend, client.scope()));
        var watch = new Relay.Watch(
                new Vigil.Patience(server.timeouts().read(), server.timeouts().write()), (stalled, fault) -> {
                    if (player != null) {
                        player.because(DisconnectEvent.Cause.ERROR);
                    }
                    client.refused(
                            switch (fault) {
                                case SILENT -> Refusal.SILENT;
                                case NOT_READING -> stalled.equals(own) ? Refusal.NOT_READING : Refusal.SERVER_STALLED;
                            });
                });
        Relay.watch(own, backend, watch);
        if (server.proxyMode() == ProxyMode.ZERO_COPY) {
            forwarding.splice(client, backend, watch);
        }
        ReceiveBuffer.readLarge(own);
        own.config().setAutoRead(true);
    }

    /** Whom plugins know already, or who is to be listed now; nobody when the client has not said its name so far. */
    private @Nullable ForwardedPlayer player() {
        if (login != null) {
            return login.player();
        }
        if (LoginPeek.at(replay) instanceof LoginPeek.Name(String name)) {
            var player = new ForwardedPlayer(forwarding, client, name);
            player.list();
            return player;
        }
        return null;
    }

    /**
     * What came with the handshake, and at most one small read behind it, or the login start when that is waited for. Reading goes
     * on until then, as there is nothing to read as a rule, and turning it off and on costs two system calls.
     */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        replay.add(listens ? ReceiveBuffer.forKeeping((ByteBuf) message, ctx.alloc()) : (ByteBuf) message);
        if (listens) {
            listen();
        } else if (connecting != null) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // A client that has nothing more to say before it has logged in has left.
            client.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.noDeadline();
        if (connecting != null) {
            connecting.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    /** Nobody will get what the client has sent. */
    private void forget() {
        replay.forEach(ByteBuf::release);
        replay.clear();
    }

    /** The connection broke while it waited; its end is all there is to say. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        client.close();
    }
}
