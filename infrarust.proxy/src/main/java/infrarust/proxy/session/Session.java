package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.Event;
import infrarust.api.event.PlayerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.player.GameProfile;
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
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a session, whatever is on the other side of it: its state and its end. Belongs to the client's loop, unless a method says otherwise.
 */
final class Session {

    private static final Component LOGGED_IN_ELSEWHERE = Component.text("You logged in from another location");

    /** How long a client may take to read that its account has come again. */
    private static final Duration DISPLACED = Duration.ofSeconds(2);

    /** How long a frame under way may take to end before a kick gives up on telling its reason. */
    private static final Duration FRAME_END = Duration.ofSeconds(2);

    private static final Component TIMED_OUT = Component.translatable("disconnect.timeout", "Timed out");
    private static final Component TOO_MUCH = Component.text("You are sending too much.");

    private final Sessions sessions;
    private final ClientConnection client;
    private final Link link;
    private final GameProfile profile;
    private final boolean verified;
    private final PacketIds ids;
    private final Allowance allowance;
    private final ChatFeed chat = new ChatFeed(this);
    private final Conversation conversation;
    private final SessionPlayer player;
    private final Reach reach;
    private final byte[] start;
    private final ClientMemory memory = new ClientMemory();
    /** Complete when the player is on no list any more. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private final Whereabouts whereabouts;

    private boolean listed;
    /** What the client understands at the moment: the state of the packets that are sent to it. */
    private ConnectionState clientbound = ConnectionState.LOGIN;

    /** How many events have been fired whose outcome has not been acted upon. */
    private int undecided;

    private DisconnectEvent.@Nullable Cause cause;
    private boolean ending;
    private boolean left;
    private Runnable onEnd = () -> {};

    /** @param start the login start for servers, id and body; taken */
    Session(
            Sessions sessions,
            ClientConnection client,
            Link link,
            GameProfile profile,
            boolean verified,
            ByteBuf start) {
        this.sessions = sessions;
        this.client = client;
        this.link = link;
        this.profile = profile;
        this.verified = verified;
        this.ids = client.packetIds();
        this.start = Wire.readRest(start);
        start.release();
        this.player = new SessionPlayer(this, sessions.players().nextId());
        this.whereabouts = new Whereabouts(this, client.route().server().orElseThrow());
        this.conversation = new Conversation(this);
        this.reach = new Reach(this);
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

    /** What the player writes. */
    Conversation conversation() {
        return conversation;
    }

    /** What the player reads in its chat, and whatever else is sent to the client. */
    ChatFeed chat() {
        return chat;
    }

    /** What can be done to the client beside chat. */
    Reach reach() {
        return reach;
    }

    /** Whether the session server has confirmed the account. */
    boolean isVerified() {
        return verified;
    }

    /** Which server the player is on, and how it gets to another one. */
    Whereabouts whereabouts() {
        return whereabouts;
    }

    /** The server that the player is on; before and between servers, the one that it comes from or is meant to go to. */
    ServerConfig server() {
        return whereabouts.server();
    }

    /** The login start for a server, id and body; the caller's to release. */
    ByteBuf loginStart() {
        return client.channel().alloc().directBuffer(start.length).writeBytes(start);
    }

    /** What the client has said about itself. */
    ClientMemory memory() {
        return memory;
    }

    boolean hasConfiguration() {
        return ids.protocol() >= ProtocolVersion.V1_20_2;
    }

    ConnectionState clientbound() {
        return clientbound;
    }

    /** The packets sent to the client are of that state from now on; chat has to wait again unless it is play. */
    void clientbound(ConnectionState next) {
        clientbound = next;
        allowance.playing(next == ConnectionState.PLAY);
        if (next != ConnectionState.PLAY) {
            chat.hold();
        }
        chat.stateChanged();
    }

    /** What runs when the client is gone. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    boolean isEnding() {
        return ending;
    }

    /** Whether the session has ended, or is about to. */
    boolean isOver() {
        return ending || left;
    }

    /** Turns compression on towards the client, when its version has it. */
    void compress(int threshold) {
        // A client that a server has refused may have it already, and keeps it.
        if (ids.protocol() >= ProtocolVersion.V1_8 && threshold >= 0 && link.threshold() < 0) {
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
     * The player is let in: lists it and tells the plugins.
     *
     * @param then runs on the loop when the plugins have heard of it, at once when none listens; not when the client has left
     */
    void letIn(Runnable then) {
        listed = true;
        // Whoever was there has been told to go; this is for two who came at the same moment.
        sessions.players().register(player).ifPresent(older -> older.disconnect(LOGGED_IN_ELSEWHERE));
        sessions.bans().missed(player).ifPresent(this::kick);
        decide(new PostLoginEvent(player), event -> then.run());
    }

    /**
     * The login is complete: from here on there is more to read, and filters see it.
     *
     * @return whether the session goes on; a filter that has to be there may have refused
     */
    boolean loggedIn() {
        ReceiveBuffer.readLarge(client.channel());
        return link.filters().ofClient(this);
    }

    /**
     * Fires an event and goes on upon the loop when all have dealt with it, at once when nobody listens and nothing else is being
     * decided; not when the player has gone, or has been told to go. What is decided in a certain order is done in that order.
     *
     * @return whether there is nothing to wait for: it has gone on already, or never will
     */
    <E extends Event> boolean decide(E event, Consumer<? super E> then) {
        CompletionStage<E> told = sessions.events().fire(event);
        // Behind a decision that has been made and waits for its turn on the loop, this one has to wait for its own.
        if (undecided == 0 && told.toCompletableFuture().isDone()) {
            if (!isOver()) {
                then.accept(event);
            }
            return true;
        }
        undecided++;
        var _ = told.whenCompleteAsync(
                (done, failure) -> {
                    undecided--;
                    if (!isOver()) {
                        then.accept(event);
                    }
                },
                client.eventLoop());
        return false;
    }

    /** Tells the plugins what has happened; nothing waits for them. */
    void tell(PlayerEvent event) {
        var _ = sessions.events().fire(event);
    }

    /**
     * From here on neither the client nor that server may be silent for long, or take nothing of what it is sent.
     *
     * @param stalled runs when the server does
     */
    void watch(ServerConfig server, Link backend, Runnable stalled) {
        Timeouts allowed = server.timeouts();
        var patience = new Vigil.Patience(allowed.read(), allowed.write());
        link.watch(patience, fault -> {
            switch (fault) {
                case SILENT -> {
                    client.refused(Refusal.SILENT);
                    kick(TIMED_OUT, DisconnectEvent.Cause.ERROR);
                }
                case NOT_READING -> {
                    because(DisconnectEvent.Cause.ERROR);
                    // Nor would it read the reason.
                    client.refused(Refusal.NOT_READING);
                    client.close();
                }
            }
        });
        backend.watch(patience, fault -> stalled.run());
    }

    private void flooded() {
        client.refused(Refusal.FLOOD);
        kick(TOO_MUCH, DisconnectEvent.Cause.ERROR);
    }

    /** The client has sent what is not the protocol: closes its connection. */
    void malformed() {
        because(DisconnectEvent.Cause.ERROR);
        client.malformed();
    }

    /** Something is wrong with the proxy itself: closes the connection. */
    void fault() {
        because(DisconnectEvent.Cause.ERROR);
        client.close();
    }

    /** What ends the session; nothing while it goes on. The first of several counts. */
    Optional<DisconnectEvent.Cause> cause() {
        return Optional.ofNullable(cause);
    }

    private void because(DisconnectEvent.Cause what) {
        if (cause == null) {
            boolean stops =
                    what == DisconnectEvent.Cause.KICKED && sessions.players().isClosing();
            cause = stops ? DisconnectEvent.Cause.SHUTDOWN : what;
        }
    }

    /** Ends the session with a reason that the client shows. Any thread. */
    void kick(Component reason) {
        kick(reason, DisconnectEvent.Cause.KICKED);
    }

    /** As {@link #kick(Component)}, for something else than a decision about the player. */
    void kick(Component reason, DisconnectEvent.Cause what) {
        if (client.eventLoop().inEventLoop()) {
            kickNow(reason, what);
        } else {
            client.eventLoop().execute(() -> kickNow(reason, what));
        }
    }

    private void kickNow(Component reason, DisconnectEvent.Cause what) {
        if (isOver()) {
            return;
        }
        because(what);
        ending = true;
        client.noDeadline();
        client.deadlines().close(FRAME_END.plus(Farewell.PATIENCE), client.channel());
        link.betweenFrames(() -> {
            whereabouts.closeBundle();
            farewell(link.pack(Reasons.packet(client.channel().alloc(), ids, clientbound, reason)));
        });
    }

    /** Ends the session; the client gets everything that has been sent to it. */
    void finish(DisconnectEvent.Cause what) {
        if (!isOver()) {
            because(what);
            ending = true;
            client.noDeadline();
            farewell(Unpooled.EMPTY_BUFFER);
        }
    }

    private void farewell(ByteBuf last) {
        Farewell.say(client.channel(), last, client.deadlines());
        leave();
    }

    private void leave() {
        whereabouts.leave();
        reach.close();
        onEnd.run();
    }

    /**
     * The same account has come again: ends the session with a reason, soon also for a client that does not close its side. Any
     * thread.
     *
     * @return completes when the player is on no list any more, on any thread
     */
    CompletionStage<Void> displace() {
        client.eventLoop().execute(() -> {
            kickNow(LOGGED_IN_ELSEWHERE, DisconnectEvent.Cause.KICKED);
            client.deadlines().close(DISPLACED, client.channel());
        });
        return over;
    }

    /** The client's channel has closed. Runs once. */
    private void gone() {
        if (left) {
            return;
        }
        left = true;
        because(DisconnectEvent.Cause.CLIENT_QUIT);
        client.noDeadline();
        leave();
        if (listed) {
            var _ = sessions.events()
                    .fire(new DisconnectEvent(player, player.currentServer(), Objects.requireNonNull(cause)))
                    .whenComplete((event, failure) -> {
                        sessions.players().remove(player);
                        over.complete(null);
                    });
        } else {
            over.complete(null);
        }
    }

    /** The player; listed once the login is complete. */
    SessionPlayer player() {
        return player;
    }
}
