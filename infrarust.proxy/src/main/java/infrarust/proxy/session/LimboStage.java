package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.LimboExitEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.LoginSuccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * A stay in the limbo: behind a login in which the proxy itself says that it succeeded, or after a server. Only the loop's thread,
 * unless the interface says otherwise.
 */
final class LimboStage implements Receiver, Place, LimboClient, Conversation.Counterpart {

    /** What vanilla servers use, and so what fits most clients when there is no backend to agree with. */
    private static final int DEFAULT_THRESHOLD = 256;

    /** How long a client may take to acknowledge the end of its login. */
    private static final Duration ACKNOWLEDGE_TIME = Duration.ofSeconds(30);

    /** What a client of an empty world may have to say: its largest packets are plugin messages, of 32 KiB in the game itself. */
    private static final int MAX_PACKET = 64 << 10;

    private final Session session;
    private final Link link;
    private final LimboEntry limbo;
    private final Leftovers leftovers;
    /** Hears what the client still answers to servers that have not taken it; only during the login. */
    private final @Nullable Entrance entrance;
    /** The server that the client comes from. */
    private final Optional<String> previous;

    private Listener listener = (id, body) -> {};
    private @Nullable Deadline deadline;
    private ConnectionState state = ConnectionState.LOGIN;
    /** How long a packet may be. */
    private int most = MAX_PACKET;

    private boolean acknowledged;
    private boolean entered;
    private boolean chatBehindNextFlush;
    private boolean inWorld;
    private boolean retired;
    private boolean left;
    private boolean timedOut;
    private @Nullable Runnable whenSettled;

    private LimboStage(Session session, @Nullable Entrance entrance, Optional<String> previous) {
        this.session = session;
        this.previous = previous;
        this.link = session.link();
        this.limbo = session.sessions().limbo();
        this.leftovers = new Leftovers(session.ids());
        this.entrance = entrance;
    }

    /**
     * A client that is in its login.
     *
     * @param entrance what servers that have not taken it have asked
     */
    static void login(Session session, Entrance entrance) {
        var stage = new LimboStage(session, entrance, Optional.empty());
        stage.take();
        stage.login(entrance);
    }

    /** A client that comes from a server, at the beginning of the configuration state. */
    static void enter(Session session) {
        Optional<String> previous = session.whereabouts().place().server().map(ServerConfig::id);
        var stage = new LimboStage(session, null, previous);
        stage.take();
        stage.state(ConnectionState.CONFIGURATION);
        stage.acknowledged = true;
        stage.enterWhenReady();
    }

    private void take() {
        session.whereabouts().place(this);
        link.receiver(this);
        link.unwatch(); // the limbo has keep-alives of its own
        link.interest(Interest.ALL);
        link.walk().maxLength(most);
        session.conversation().with(this);
        session.onEnd(this::ended);
    }

    private void login(Entrance before) {
        if (before.isOwedAnswers()) {
            most = BackendStage.MAX_ANSWER;
            link.walk().maxLength(most);
        }
        before.compress(session.configuredThreshold().orElse(DEFAULT_THRESHOLD));
        link.send(LoginSuccess.LAYOUT, session.ids(), LoginSuccess.of(session.profile()));
        link.flush();
        acknowledged = !session.hasConfiguration();
        state(acknowledged ? ConnectionState.PLAY : ConnectionState.LOGIN);
        session.clientbound(acknowledged ? ConnectionState.PLAY : ConnectionState.CONFIGURATION);
        if (!acknowledged) {
            session.client().deadline(ACKNOWLEDGE_TIME);
            link.resume();
        }
        if (session.loggedIn()) {
            enterWhenReady();
        }
    }

    private void state(ConnectionState next) {
        state = next;
        link.filters().state(next);
    }

    private void enterWhenReady() {
        if (acknowledged && !entered && link.isOpen() && !session.isEnding()) {
            entered = true;
            limbo.enter(this);
            flush();
            link.resume();
        }
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        if (session.isEnding()) {
            return false;
        }
        ByteBuf packet = link.unpack(frame, most);
        try {
            int id = Wire.readVarInt(packet);
            if (state == ConnectionState.LOGIN) {
                if (isTooLate(id, packet)) {
                    return false;
                }
                if (id != session.ids().id(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED)) {
                    throw new MalformedPacketException("Out of turn in the login");
                }
                session.client().noDeadline();
                most = MAX_PACKET;
                link.walk().maxLength(most);
                state(ConnectionState.CONFIGURATION);
                acknowledged = true;
                enterWhenReady();
            } else if (isForListener(id, packet)) {
                listener.packet(id, packet);
            }
        } finally {
            packet.release();
        }
        return false;
    }

    /** Whether it is an answer to a server that does not wait for it any more. */
    private boolean isTooLate(int id, ByteBuf body) {
        if (entrance == null) {
            return false;
        }
        return switch (session.ids().type(ConnectionState.LOGIN, Direction.SERVERBOUND, id)) {
            case SERVERBOUND_LOGIN_PLUGIN_RESPONSE -> entrance.isTooLate(Wire.readVarInt(body));
            case SERVERBOUND_LOGIN_COOKIE_RESPONSE -> entrance.isCookieTooLate();
            default -> false;
        };
    }

    /** What the player writes is for the plugins and the proxy's commands first. */
    private boolean isForListener(int id, ByteBuf body) {
        PacketType type = session.ids().type(state, Direction.SERVERBOUND, id);
        session.reach().reports().passes(type, body, Optional.empty());
        return !Conversation.concerns(type) || session.conversation().passes(type, body);
    }

    @Override
    public void hear(ByteBuf packet) {
        try {
            listener.packet(Wire.readVarInt(packet), packet);
        } finally {
            packet.release();
        }
    }

    /** The client goes to that server, and has been taken out of this world already. */
    void leftFor(String server) {
        exit(LimboExitEvent.Reason.REDIRECTED, Optional.of(server));
    }

    /** The session has ended. */
    private void ended() {
        exit(
                switch (session.cause().orElse(DisconnectEvent.Cause.CLIENT_QUIT)) {
                    case KICKED, BACKEND_CLOSED -> LimboExitEvent.Reason.KICKED;
                    case SHUTDOWN -> LimboExitEvent.Reason.SHUTDOWN;
                    case ERROR -> timedOut ? LimboExitEvent.Reason.TIMED_OUT : LimboExitEvent.Reason.DISCONNECTED;
                    case CLIENT_QUIT -> LimboExitEvent.Reason.DISCONNECTED;
                },
                Optional.empty());
        gone();
    }

    private void exit(LimboExitEvent.Reason reason, Optional<String> next) {
        if (inWorld && !left) {
            left = true;
            session.tell(new LimboExitEvent(session.player(), reason, next));
        }
    }

    private void gone() {
        noDeadline();
        whenSettled = null;
        listener.gone();
        listener = (id, body) -> {};
    }

    @Override
    public void malformed(Link from, MalformedPacketException why) {
        session.malformed();
    }

    @Override
    public void ended(Link from) {
        session.finish(DisconnectEvent.Cause.CLIENT_QUIT);
    }

    @Override
    public void writable(Link from) {
        listener.writable();
    }

    @Override
    public EventLoop eventLoop() {
        return session.client().eventLoop();
    }

    @Override
    public PacketIds packetIds() {
        return session.ids();
    }

    @Override
    public ByteBufAllocator allocator() {
        return session.client().channel().alloc();
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public void enterPlay() {
        state(ConnectionState.PLAY);
        session.clientbound(ConnectionState.PLAY);
        chatBehindNextFlush = true;
    }

    @Override
    public void onPacket(Listener next) {
        listener = next;
    }

    @Override
    public void send(ByteBuf packet) {
        if (retired) {
            packet.release();
            return;
        }
        link.send(packet);
    }

    @Override
    public <T> void send(PacketLayout<T> layout, T packet) {
        if (packet instanceof KeepAlive(long id)) {
            session.reach().ping().asked(id);
        }
        send(layout.encode(allocator(), session.ids(), packet));
    }

    @Override
    public void flush() {
        if (chatBehindNextFlush) {
            session.conversation().answers().introduce();
        }
        link.flush();
        // Chat makes no sense to a client before the packet that starts the game, which is in what has just gone out.
        if (chatBehindNextFlush) {
            chatBehindNextFlush = false;
            inWorld = true;
            session.chat().open();
            session.whereabouts().enteredLimbo(previous);
            Runnable waiting = whenSettled;
            whenSettled = null;
            if (waiting != null) {
                waiting.run();
            }
        }
    }

    @Override
    public Optional<ServerConfig> server() {
        return Optional.empty();
    }

    @Override
    public ConnectionState serverbound() {
        return state;
    }

    @Override
    public boolean isInBundle() {
        return false;
    }

    @Override
    public boolean hasWorld() {
        return inWorld;
    }

    @Override
    public Leftovers leftovers() {
        return leftovers;
    }

    @Override
    public void whenSettled(Runnable action) {
        if (inWorld) {
            action.run();
        } else {
            whenSettled = action;
        }
    }

    /** The limbo is never lost. */
    @Override
    public boolean canBeRescued() {
        return inWorld;
    }

    @Override
    public void retire() {
        if (!retired) {
            retired = true;
            session.conversation().withNobody();
            link.walk().maxLength(Frames.MAX_LENGTH);
            gone();
        }
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    @Override
    public boolean isWritable() {
        return session.client().channel().isWritable();
    }

    @Override
    public void disconnect(Component reason) {
        if (!retired) { // a limbo that fails late must not end a player who has gone on
            session.kick(reason);
        }
    }

    @Override
    public void deadline(Duration after, Component reason) {
        noDeadline();
        deadline = session.client().deadlines().arm(after, () -> {
            timedOut = true;
            session.kick(reason, DisconnectEvent.Cause.ERROR);
        });
    }

    @Override
    public void noDeadline() {
        if (deadline != null) {
            deadline.disarm();
            deadline = null;
        }
    }
}
