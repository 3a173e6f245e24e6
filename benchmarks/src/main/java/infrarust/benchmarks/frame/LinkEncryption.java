package infrarust.benchmarks.frame;

import infrarust.proxy.net.Encryption;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for the bytes of one read or write that go through an encrypted client's pipeline, changed where they lie. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {LoopThreads.CUSTOM, LoopThreads.CLASS})
@State(Scope.Thread)
public class LinkEncryption {

    /** Bytes of the read or write. */
    @Param({"64", "1024", "16384"})
    public int bytes;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Arrived arrived = new Arrived();
    private final Left left = new Left();
    private ByteBuf packet = SampleFrames.packet(1);

    /** Behind the cipher: what the proxy reads. */
    private static final class Arrived extends ChannelInboundHandlerAdapter {
        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes += ((ByteBuf) message).readableBytes();
        }
    }

    /** Before the cipher: what the socket would be given. */
    private static final class Left extends ChannelOutboundHandlerAdapter {
        private long bytes;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            bytes += ((ByteBuf) message).readableBytes();
        }
    }

    /** Builds the pipeline of a client that has just been told the secret. */
    @Setup
    public void pipeline() throws GeneralSecurityException {
        packet.release();
        packet = SampleFrames.packet(bytes);
        channel.pipeline().addLast(arrived);
        Encryption.begin(channel, new byte[Encryption.SECRET_BYTES]);
        channel.pipeline().addFirst(left);
    }

    /** Gives everything back. */
    @TearDown
    public void release() {
        packet.release();
        var _ = channel.close();
    }

    /** What the client has sent. */
    @Benchmark
    public long decrypt() {
        channel.pipeline().fireChannelRead(packet);
        return arrived.bytes;
    }

    /** What the client is sent. */
    @Benchmark
    public long encrypt() {
        var _ = channel.pipeline().write(packet, channel.voidPromise());
        return left.bytes;
    }
}
