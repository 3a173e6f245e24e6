package infrarust.proxy.limbo;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.session.LimboClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;

/** A logged-in client that remembers what it was sent, with a clock that stands still. */
final class FakeLimboClient implements LimboClient, AutoCloseable {

    static final PacketTable PACKETS = PacketTable.load();

    final List<PacketType> sent = new ArrayList<>();
    String kicked = "";
    boolean flushed = true;
    Runnable onFlush = () -> {};

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PacketIds ids;
    private ConnectionState state;
    private Listener listener = (id, body) -> {};
    private long deadlineMillis = Long.MAX_VALUE;
    private Component deadlineReason = Component.empty();
    private long millis;
    private byte[] last = {};

    FakeLimboClient(int protocol) {
        ids = PACKETS.ids(protocol);
        state = protocol >= 764 ? ConnectionState.CONFIGURATION : ConnectionState.PLAY;
        channel.freezeTime();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 100) {
            millis += 100;
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            if (millis >= deadlineMillis && kicked.isEmpty()) {
                disconnect(deadlineReason);
            }
        }
    }

    /** The client says something. */
    <T> void says(PacketLayout<T> layout, T packet) {
        ByteBuf encoded = layout.encode(ByteBufAllocator.DEFAULT, ids, packet);
        try {
            listener.packet(Wire.readVarInt(encoded), encoded);
        } finally {
            encoded.release();
        }
    }

    /** The client says something that has only an id, or of which only the id matters. */
    void says(PacketType type) {
        listener.packet(ids.id(type), Unpooled.EMPTY_BUFFER);
    }

    void saysGarbage(int id) {
        listener.packet(id, Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    }

    void leaves() {
        listener.gone();
    }

    /** The last packet that was sent. */
    <T> T last(PacketLayout<T> layout) {
        ByteBuf in = Unpooled.wrappedBuffer(last);
        Wire.readVarInt(in);
        return layout.read(in, ids);
    }

    /** Whether anything is still to be done at a later time. */
    boolean isScheduled() {
        return channel.runScheduledPendingTasks() >= 0;
    }

    /** What is waiting to run on the loop. */
    void runPending() {
        channel.runPendingTasks();
    }

    @Override
    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    @Override
    public PacketIds packetIds() {
        return ids;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public void enterPlay() {
        state = ConnectionState.PLAY;
    }

    @Override
    public void onPacket(Listener next) {
        listener = next;
    }

    @Override
    public void send(ByteBuf packet) {
        flushed = false;
        last = Wire.readRest(packet);
        packet.release();
        sent.add(ids.type(state, Direction.CLIENTBOUND, Wire.readVarInt(Unpooled.wrappedBuffer(last))));
    }

    @Override
    public <T> void send(PacketLayout<T> layout, T packet) {
        send(layout.encode(ByteBufAllocator.DEFAULT, ids, packet));
    }

    @Override
    public void flush() {
        flushed = true;
        onFlush.run();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void disconnect(Component reason) {
        kicked = PlainText.plain(reason);
        listener.gone();
    }

    @Override
    public void deadline(Duration after, Component reason) {
        deadlineMillis = millis + after.toMillis();
        deadlineReason = reason;
    }

    @Override
    public void noDeadline() {
        deadlineMillis = Long.MAX_VALUE;
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
