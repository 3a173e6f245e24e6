package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through either zlib; libdeflate's half runs where the system has it. */
class CompressionTest {

    private static final int THRESHOLD = 256;

    abstract static class AnyZlib {

        private final Compression jdk = new Compression();
        private Compression ours = jdk;

        abstract ZlibChoice choice();

        @BeforeEach
        void open() {
            ours = new Compression(choice());
        }

        @AfterEach
        void close() {
            ours.close();
            jdk.close();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 255, 256, 511, 512, 1023, 1024, 1025, 16_384, 65_536, 1 << 20})
        void agrees_with_the_jdk_both_ways(int length) {
            for (int symbols : new int[] {1, 16, 256}) {
                byte[] packet = noise(length, symbols);

                assertThat(unpacked(ours, packed(ours, packet))).isEqualTo(packet);
                assertThat(unpacked(jdk, packed(ours, packet))).isEqualTo(packet);
                assertThat(unpacked(ours, packed(jdk, packet))).isEqualTo(packet);
            }
        }

        @Test
        void takes_packets_that_do_not_lie_in_native_memory() {
            byte[] packet = noise(5_000, 16);

            byte[] frame = bytes(ours.pack(Unpooled.wrappedBuffer(packet), THRESHOLD));
            ByteBuf onHeap = Unpooled.wrappedBuffer(frame);
            skipLength(onHeap);

            assertThat(bytes(ours.unpack(onHeap, true))).isEqualTo(packet);
        }

        @Test
        void keeps_no_more_memory_than_a_frame_needs() {
            ByteBuf frame = ours.pack(direct(noise(1 << 20, 2)), THRESHOLD);
            try {
                assertThat(frame.capacity()).isLessThan(frame.readableBytes() * 3);
            } finally {
                frame.release();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {600, 5_000, 100_000})
        void refuses_another_length_than_declared(int length) {
            byte[] deflated = deflated(noise(length, 16));

            assertThat(refusal(length, deflated)).isEmpty();
            assertThat(refusal(length - 1, deflated)).isPresent();
            assertThat(refusal(length + 1, deflated)).isPresent();
            assertThat(refusal(-1, deflated)).isPresent();
            assertThat(refusal(Frames.MAX_UNCOMPRESSED + 1, deflated)).isPresent();
        }

        @Test
        void refuses_what_is_cut_damaged_or_no_zlib_stream() {
            byte[] deflated = deflated(noise(5_000, 16));

            assertThat(refusal(5_000, Arrays.copyOf(deflated, deflated.length / 2)))
                    .isPresent();
            byte[] wrongChecksum = deflated.clone();
            wrongChecksum[deflated.length - 1] ^= 1;
            assertThat(refusal(5_000, wrongChecksum)).isPresent();
            byte[] noHeader = deflated.clone();
            noHeader[0] = 0x7F;
            assertThat(refusal(5_000, noHeader)).isPresent();
            assertThat(refusal(5_000, new byte[0])).isPresent();
        }

        @Test
        void spends_no_memory_on_a_claim() {
            byte[] deflated = deflated(noise(600, 1));
            var allocator = new Noting();
            ByteBuf frame = frame(allocator, Frames.MAX_UNCOMPRESSED, deflated);
            try {
                allocator.asked.clear();
                assertThatThrownBy(() -> ours.unpack(frame, true)).isInstanceOf(MalformedPacketException.class);
                assertThat(allocator.asked).allMatch(size -> size <= 64 << 10);
            } finally {
                frame.release();
            }
        }

        private byte[] deflated(byte[] packet) {
            ByteBuf frame = Unpooled.wrappedBuffer(packed(jdk, packet));
            skipLength(frame);
            Wire.readVarInt(frame);
            return bytes(frame);
        }

        private Optional<String> refusal(int declared, byte[] deflated) {
            ByteBuf frame = frame(PooledByteBufAllocator.DEFAULT, declared, deflated);
            try {
                ours.unpack(frame, true).release();
                return Optional.empty();
            } catch (MalformedPacketException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            } finally {
                frame.release();
            }
        }
    }

    @Nested
    class JavaUtilZip extends AnyZlib {
        @Override
        ZlibChoice choice() {
            return ZlibChoice.jdk();
        }
    }

    @Nested
    class SystemLibrary extends AnyZlib {
        @Override
        ZlibChoice choice() {
            Optional<LibDeflate> library = LibDeflate.find(Optional.empty());
            assumeTrue(library.isPresent(), "this system has libdeflate");
            return ZlibChoice.of(library.get());
        }
    }

    @Nested
    class A_frame_for_another_connection {

        private final Compression compression = new Compression();

        @AfterEach
        void close() {
            compression.close();
        }

        @ParameterizedTest
        @CsvSource({
            // length, threshold it comes from, threshold it goes to, whether it passes
            "100, -1, -1, true",
            "100, -1, 256, false",
            "100, 256, -1, false",
            "100, 256, 512, true",
            "100, 256, 100, false",
            "100, 256, 101, true",
            "300, 256, 256, true",
            "300, 256, 300, true",
            "300, 256, 301, false",
            "300, 256, 0, true",
            "300, 256, -1, false",
            "300, 512, 256, false",
        })
        void passes_as_it_came_exactly_when_that_one_would_write_the_same_form(
                int length, int from, int to, boolean passes) {
            ByteBuf frame = compression.pack(direct(noise(length, 16)), from);
            ByteBuf other = compression.pack(direct(noise(length, 16)), to);
            try {
                assertThat(frame.equals(other)).isEqualTo(passes);
                skipLength(frame);
                assertThat(Compression.hasForm(frame, from >= 0, to)).isEqualTo(passes);
            } finally {
                frame.release();
                other.release();
            }
        }

        @Test
        void never_passes_with_a_length_that_is_none() {
            byte[] negative = {-1, -1, -1, -1, 15, 1, 2, 3};
            byte[] zeroInTwoBytes = {-128, 0, 1, 2, 3};
            byte[] withoutEnd = {-1};

            for (byte[] frame : List.of(negative, zeroInTwoBytes, withoutEnd)) {
                assertThat(Compression.hasForm(Unpooled.wrappedBuffer(frame), true, 0))
                        .isFalse();
            }
        }

        @Test
        void tells_its_packets_id_in_every_form() {
            byte[] packet = noise(1_000, 16);
            packet[0] = (byte) 0xAC;
            packet[1] = 2;
            for (int threshold : new int[] {Compression.OFF, 256, 2_000}) {
                ByteBuf frame = compression.pack(direct(packet), threshold);
                skipLength(frame);
                assertThat(compression.peekId(frame, threshold >= 0)).isEqualTo(300);
                frame.release();
            }
            assertThat(compression.peekId(Unpooled.wrappedBuffer(new byte[] {100, 1, 2, 3}), true))
                    .isNegative();
        }
    }

    @Nested
    class Choosing {

        private final List<Runnable> beside = new ArrayList<>();
        private final ZlibChoice choice = new ZlibChoice(beside::add);

        @Test
        void looks_for_the_library_once_and_on_another_thread() {
            choice.seek();
            choice.seek();

            assertThat(choice.library()).isNull();
            assertThat(beside).hasSize(1);
            beside.getFirst().run();
            assertThat(choice.library() != null)
                    .isEqualTo(LibDeflate.find(Optional.empty()).isPresent());
        }

        @Test
        void does_without_a_library_that_is_switched_off_or_not_there() {
            assertThat(LibDeflate.find(Optional.of("off"))).isEmpty();
            assertThat(LibDeflate.find(Optional.of("/no/such/library.so"))).isEmpty();
        }
    }

    /** Remembers the sizes that it was asked for. */
    private static final class Noting extends AbstractByteBufAllocator {

        final List<Integer> asked = new ArrayList<>();

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            asked.add(initialCapacity);
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            asked.add(initialCapacity);
            return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private static byte[] noise(int length, int symbols) {
        Random random = new Random(31L * length + symbols);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(symbols);
        }
        return bytes;
    }

    private static ByteBuf direct(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    /** What follows a frame's length. */
    private static ByteBuf frame(ByteBufAllocator allocator, int declared, byte[] deflated) {
        ByteBuf frame = allocator.directBuffer(deflated.length + Wire.MAX_VAR_INT_BYTES);
        Wire.writeVarInt(frame, declared);
        return frame.writeBytes(deflated);
    }

    private static byte[] packed(Compression compression, byte[] packet) {
        return bytes(compression.pack(direct(packet), THRESHOLD));
    }

    private static byte[] unpacked(Compression compression, byte[] frame) {
        ByteBuf bytes = direct(frame);
        try {
            skipLength(bytes);
            return bytes(compression.unpack(bytes, true));
        } finally {
            bytes.release();
        }
    }

    private static void skipLength(ByteBuf frame) {
        assertThat(Wire.readVarInt(frame)).isEqualTo(frame.readableBytes());
    }

    /** The readable bytes; releases the buffer. */
    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }
}
