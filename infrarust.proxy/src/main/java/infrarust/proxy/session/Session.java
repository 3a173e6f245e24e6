package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.player.Delivery;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.Timeouts;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.net.Farewell;
import infrarust.proxy.net.ReceiveBuffer;
import infrarust.proxy.net.Vigil;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.ChatLine;
import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a session, whatever is on the other side of it: its state, what plugins say to the player, and its
 * end. Belongs to the client's loop, unless a method says otherwise.
 */
final class Session {

    /** How many lines may wait for a client that cannot take chat yet. */
    private static final int MAX_WAITING_LINES = 256;

    /** How long a frame under way may take to end before a kick gives up on telling its reason. */
    private static final Duration FRAME_END = Duration.ofSeconds(2);

    /** How many bytes may wait for a client before it is given no more chat. */
    private static final long MAX_BACKLOG = 256 << 10;

    private static final Component TIMED_OUT = Component.translatable("disconnect.timeout", "Timed out");
    private static final Component TOO_MUCH = Component.text("You are sending too much.");

    private final Sessions sessions;
    private final ClientConnection client;
    private final Link link;
    private final GameProfile profile;
    private final boolean verified;
    private final PacketIds ids;
    private final Allowance allowance;
    private final AtomicInteger waitingLines = new AtomicInteger();
    private final Queue<Component> lines = new ArrayDeque<>();
    private @Nullable SessionPlayer player;
    /** What the client understands at the moment: the state of the packets that are sent to it. */
    private ConnectionState clientbound = ConnectionState.LOGIN;

    private boolean canChat;
    private boolean ending;
    private boolean left;
    private Runnable onEnd = () -> {};

    Session(Sessions sessions, ClientConnection client, Link link, GameProfile profile, boolean verified) {
        this.sessions = sessions;
        this.client = client;
        this.link = link;
        this.profile = profile;
        this.verified = verified;
        this.ids = client.packetIds();
        this.allowance =
                new Allowance(client.route().snapshot().config().packetLimits(), client.scope(), System::nanoTime);
        link.allow(allowance, this::flooded);
        var _ = client.channel().closeFuture().addListener(closed -> gone());
    }

    Sessions sessions() {
        return sessions;
    }

    ClientConnection client() {
        return client;
    }

    Link link() {
        return link;
    }

    PacketIds ids() {
        return ids;
    }

    GameProfile profile() {
        return profile;
    }

    /** Whether the session server has confirmed the account. */
    boolean isVerified() {
        return verified;
    }

    ServerConfig server() {
        return client.route().server().orElseThrow();
    }

    boolean hasConfiguration() {
        return ids.protocol() >= ProtocolVersion.V1_20_2;
    }

    boolean hasCompression() {
        return ids.protocol() >= ProtocolVersion.V1_8;
    }

    ConnectionState clientbound() {
        return clientbound;
    }

    /** The packets sent to the client are of that state from now on; chat has to wait again unless it is play. */
    void clientbound(ConnectionState next) {
        clientbound = next;
        allowance.playing(next == ConnectionState.PLAY);
        if (next != ConnectionState.PLAY) {
            canChat = false;
        }
    }

    /** What runs when the client is gone. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    boolean isEnding() {
        return ending;
    }

    /** Turns compression on towards the client, when its version has it. */
    void compress(int threshold) {
        if (hasCompression() && threshold >= 0) {
            link.send(SetCompression.LAYOUT, ids, new SetCompression(threshold));
            link.threshold(threshold);
        }
    }

    /** The threshold that the configuration wants towards clients; {@link Compression#OFF} included. */
    Optional<Integer> configuredThreshold() {
        var configured = client.route().snapshot().config().compressionThreshold();
        return configured.isPresent() ? Optional.of(configured.getAsInt()) : Optional.empty();
    }

    /**
     * The login is complete: lists the player and tells the plugins.
     *
     * @param lastServer the server that the player is on
     * @param then runs on the loop when the plugins have heard of it, at once when none listens; not when the client has left
     * @return whether it has run already
     */
    boolean loggedIn(Optional<String> lastServer, Runnable then) {
        ReceiveBuffer.readLarge(client.channel());
        var made = new SessionPlayer(this, sessions.players().nextId(), lastServer);
        player = made;
        sessions.players()
                .register(made)
                .ifPresent(older -> older.disconnect(Component.text("You logged in from another location")));
        CompletionStage<PostLoginEvent> told = sessions.events().fire(new PostLoginEvent(made));
        if (told.toCompletableFuture().isDone()) {
            then.run();
            return true;
        } else {
            var _ = told.whenCompleteAsync(
                    (event, failure) -> {
                        if (!left && !ending) {
                            then.run();
                        }
                    },
                    client.eventLoop());
            return false;
        }
    }

    /** From here on neither the client nor that server may be silent for long, or take nothing of what it is sent. */
    void watch(Link backend) {
        Timeouts allowed = server().timeouts();
        var patience = new Vigil.Patience(allowed.read(), allowed.write());
        link.watch(patience, fault -> {
            switch (fault) {
                case SILENT -> {
                    client.refused(Refusal.SILENT);
                    kick(TIMED_OUT);
                }
                case NOT_READING -> {
                    // Nor would it read the reason.
                    client.refused(Refusal.NOT_READING);
                    client.close();
                }
            }
        });
        backend.watch(patience, fault -> {
            client.refused(Refusal.SERVER_STALLED);
            kick(Component.text(server().disconnectMessage()));
        });
    }

    private void flooded() {
        client.refused(Refusal.FLOOD);
        kick(TOO_MUCH);
    }

    /** The client can show chat: what has waited goes out, in order. */
    void chatReady() {
        canChat = true;
        if (!lines.isEmpty()) {
            link.betweenFrames(this::sendLines);
        }
    }

    private void sendLines() {
        for (Component line = lines.poll(); line != null; line = lines.poll()) {
            waitingLines.decrementAndGet();
            link.send(ChatLine.layout(ids), ids, new ChatLine(line));
        }
        link.flush();
    }

    /** A line for the player's chat. Any thread. */
    Delivery say(Component line) {
        if (!client.channel().isActive()) {
            return Delivery.DISCONNECTED;
        }
        // What has been sent is not counted as waiting any more, though a client that does not read leaves it in
        // memory.
        boolean behind = client.channel().bytesBeforeWritable() > MAX_BACKLOG;
        if (waitingLines.incrementAndGet() > MAX_WAITING_LINES || behind) {
            waitingLines.decrementAndGet();
            return Delivery.REFUSED;
        }
        client.eventLoop().execute(() -> {
            lines.add(line);
            if (canChat && !ending) {
                link.betweenFrames(this::sendLines);
            }
        });
        return Delivery.ACCEPTED;
    }

    /** Ends the session with a reason that the client shows. Any thread. */
    void kick(Component reason) {
        if (client.eventLoop().inEventLoop()) {
            kickNow(reason);
        } else {
            client.eventLoop().execute(() -> kickNow(reason));
        }
    }

    private void kickNow(Component reason) {
        if (ending || left) {
            return;
        }
        ending = true;
        client.noDeadline();
        client.deadlines().close(FRAME_END.plus(Farewell.PATIENCE), client.channel());
        link.betweenFrames(() -> farewell(link.pack(disconnect(reason))));
    }

    private ByteBuf disconnect(Component reason) {
        var allocator = client.channel().alloc();
        return switch (clientbound) {
            case CONFIGURATION -> Disconnect.CONFIGURATION.encode(allocator, ids, new Disconnect(reason));
            case PLAY -> Disconnect.PLAY.encode(allocator, ids, new Disconnect(reason));
            case HANDSHAKE, STATUS, LOGIN ->
                LoginDisconnect.LAYOUT.encode(allocator, ids, LoginDisconnect.of(ids, reason));
        };
    }

    /** Ends the session; the client gets everything that has been sent to it. */
    void finish() {
        if (!ending && !left) {
            ending = true;
            client.noDeadline();
            farewell(Unpooled.EMPTY_BUFFER);
        }
    }

    private void farewell(ByteBuf last) {
        Farewell.say(client.channel(), last, client.deadlines());
        onEnd.run();
    }

    /** The client's channel has closed. Runs once. */
    private void gone() {
        if (left) {
            return;
        }
        left = true;
        client.noDeadline();
        onEnd.run();
        SessionPlayer listed = player;
        if (listed != null) {
            var _ = sessions.events()
                    .fire(new DisconnectEvent(listed, listed.currentServer()))
                    .whenComplete((event, failure) -> sessions.players().remove(listed));
        }
    }

    /** The player, once the login is complete. */
    Player player() {
        SessionPlayer listed = player;
        if (listed == null) {
            throw new IllegalStateException("The login is not complete");
        }
        return listed;
    }
}
