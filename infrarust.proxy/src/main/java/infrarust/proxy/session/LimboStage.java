package infrarust.proxy.session;

import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginSuccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * A login without a backend: the proxy itself says that it succeeded, and the limbo takes over. Only the loop's thread,
 * unless the interface says otherwise.
 */
final class LimboStage implements Receiver, LimboClient, Conversation.Counterpart {

    /** What vanilla servers use, and so what fits most clients when there is no backend to agree with. */
    private static final int DEFAULT_THRESHOLD = 256;

    /** How long a client may take to acknowledge the end of its login. */
    private static final Duration ACKNOWLEDGE_TIME = Duration.ofSeconds(30);

    /** What a client of an empty world may have to say: its largest packets are plugin messages, of 32 KiB in the game itself. */
    private static final int MAX_PACKET = 64 << 10;

    private final Session session;
    private final Link link;
    private final LimboEntry limbo;
    private Listener listener = (id, body) -> {};
    private @Nullable Deadline deadline;
    private ConnectionState state = ConnectionState.LOGIN;
    private boolean acknowledged;
    private boolean announced;
    private boolean entered;
    private boolean chatBehindNextFlush;

    LimboStage(Session session, LimboEntry limbo) {
        this.session = session;
        this.link = session.link();
        this.limbo = limbo;
    }

    void begin() {
        link.receiver(this);
        link.walk().maxLength(MAX_PACKET);
        session.conversation().with(this);
        session.onEnd(this::gone);
        session.compress(session.configuredThreshold().orElse(DEFAULT_THRESHOLD));
        link.send(LoginSuccess.LAYOUT, session.ids(), LoginSuccess.of(session.profile()));
        link.flush();
        acknowledged = !session.hasConfiguration();
        state = acknowledged ? ConnectionState.PLAY : ConnectionState.LOGIN;
        session.clientbound(acknowledged ? ConnectionState.PLAY : ConnectionState.CONFIGURATION);
        if (!acknowledged) {
            session.client().deadline(ACKNOWLEDGE_TIME);
            link.resume();
        }
        session.loggedIn(() -> {
            announced = true;
            enterWhenReady();
        });
    }

    private void enterWhenReady() {
        if (acknowledged && announced && !entered && link.isOpen() && !session.isEnding()) {
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
        ByteBuf packet = link.unpack(frame, MAX_PACKET);
        try {
            int id = Wire.readVarInt(packet);
            if (state == ConnectionState.LOGIN) {
                if (id != session.ids().id(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED)) {
                    throw new MalformedPacketException("Out of turn in the login");
                }
                session.client().noDeadline();
                state = ConnectionState.CONFIGURATION;
                acknowledged = true;
                if (!announced) {
                    link.pause();
                }
                enterWhenReady();
            } else if (isForListener(id, packet)) {
                listener.packet(id, packet);
            }
        } finally {
            packet.release();
        }
        return false;
    }

    /** What the player writes is for the plugins and the proxy's commands first. */
    private boolean isForListener(int id, ByteBuf body) {
        PacketType type = session.ids().type(state, Direction.SERVERBOUND, id);
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

    private void gone() {
        noDeadline();
        listener.gone();
        listener = (id, body) -> {};
    }

    @Override
    public void malformed(Link from, MalformedPacketException why) {
        session.client().malformed();
    }

    @Override
    public void ended(Link from) {
        session.finish();
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
        state = ConnectionState.PLAY;
        session.clientbound(ConnectionState.PLAY);
        chatBehindNextFlush = true;
    }

    @Override
    public void onPacket(Listener next) {
        listener = next;
    }

    @Override
    public void send(ByteBuf packet) {
        link.send(packet);
    }

    @Override
    public <T> void send(PacketLayout<T> layout, T packet) {
        link.send(layout, session.ids(), packet);
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
            session.chat().open();
        }
    }

    @Override
    public boolean isWritable() {
        return session.client().channel().isWritable();
    }

    @Override
    public void disconnect(Component reason) {
        session.kick(reason);
    }

    @Override
    public void deadline(Duration after, Component reason) {
        noDeadline();
        deadline = session.client().deadlines().arm(after, () -> session.kick(reason));
    }

    @Override
    public void noDeadline() {
        if (deadline != null) {
            deadline.disarm();
            deadline = null;
        }
    }
}
