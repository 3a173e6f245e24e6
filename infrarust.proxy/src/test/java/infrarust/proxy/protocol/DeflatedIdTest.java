package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first symbols of a deflated packet say, against the packet that was deflated. */
class DeflatedIdTest {

    private static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

    private final DeflatedId reader = new DeflatedId();

    @Nested
    class A_whole_packet {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 4, 6, 9})
        void has_the_id_that_was_deflated_whatever_the_level(int level) {
            Random random = new Random(level);
            int read = 0;
            for (int i = 0; i < 3_000; i++) {
                int id = random.nextInt(i % 3 == 0 ? 1 << 14 : 128);
                byte[] stream = deflated(packet(random, id), level, STRATEGIES[i % STRATEGIES.length]);

                int answer = reader.read(Unpooled.wrappedBuffer(stream), 0, stream.length);

                assertThat(answer).isIn(id, DeflatedId.ASK_ZLIB);
                read += answer == id ? 1 : 0;
            }
            assertThat(read).as("told without zlib").isGreaterThan(2_900);
        }

        @Test
        void is_read_where_it_lies() {
            byte[] stream = deflated(packet(new Random(3), 0x2C), 4, Deflater.DEFAULT_STRATEGY);
            ByteBuf buffer = Unpooled.directBuffer();
            buffer.writeZero(5).writeBytes(stream).writeZero(9);
            try {
                assertThat(reader.read(buffer, 5, 5 + stream.length)).isEqualTo(0x2C);
            } finally {
                buffer.release();
            }
        }

        @Test
        void of_a_few_bytes_is_read_in_the_fixed_code() {
            byte[] stream = deflated(new byte[] {(byte) 0xC3, 0x05}, 4, Deflater.DEFAULT_STRATEGY);

            assertThat(reader.read(Unpooled.wrappedBuffer(stream), 0, stream.length))
                    .isEqualTo(0x2C3);
        }
    }

    @Nested
    class A_packet_of_which_a_part_is_there {

        @Test
        void is_read_as_soon_as_the_id_is_there_and_never_wrong_before() {
            Random random = new Random(11);
            for (int i = 0; i < 200; i++) {
                int id = random.nextInt(1 << 14);
                byte[] stream = deflated(packet(random, id), i % 10, STRATEGIES[i % STRATEGIES.length]);
                int whole = reader.read(Unpooled.wrappedBuffer(stream), 0, stream.length);
                for (int there = 0; there < stream.length; there++) {
                    int answer = reader.read(Unpooled.wrappedBuffer(Arrays.copyOf(stream, there)), 0, there);
                    assertThat(answer)
                            .as("%d of %d bytes", there, stream.length)
                            .isIn(Compression.CUT, whole, DeflatedId.ASK_ZLIB);
                }
            }
        }
    }

    @Nested
    class What_is_no_deflated_packet {

        @Test
        void is_left_to_zlib_or_read_as_anything_but_never_beyond_its_end() {
            Random random = new Random(17);
            byte[] noise = new byte[400];
            for (int i = 0; i < 200_000; i++) {
                int length = random.nextInt(noise.length);
                random.nextBytes(noise);
                noise[0] = 0x78;
                noise[1] = (byte) 0x9C;
                ByteBuf exact = Unpooled.wrappedBuffer(noise, 0, length);

                int answer = reader.read(exact, 0, length);

                assertThat(answer).isBetween(DeflatedId.ASK_ZLIB, Integer.MAX_VALUE);
            }
        }

        @Test
        void is_left_to_zlib_when_the_header_is_not_one_of_zlib() {
            byte[] stream = deflated(packet(new Random(3), 0x2C), 4, Deflater.DEFAULT_STRATEGY);
            stream[1] ^= 1;

            assertThat(reader.read(Unpooled.wrappedBuffer(stream), 0, stream.length))
                    .isEqualTo(DeflatedId.ASK_ZLIB);
        }
    }

    private static byte[] packet(Random random, int id) {
        ByteBuf packet = Unpooled.buffer();
        Wire.writeVarInt(packet, id);
        int length = random.nextInt(1, 3_000);
        int symbols = random.nextInt(1, 257);
        for (int i = 0; i < length; i++) {
            packet.writeByte(random.nextInt(symbols));
        }
        byte[] bytes = new byte[packet.readableBytes()];
        packet.readBytes(bytes);
        return bytes;
    }

    private static byte[] deflated(byte[] packet, int level, int strategy) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setStrategy(strategy);
            deflater.setInput(packet);
            deflater.finish();
            byte[] out = new byte[packet.length * 2 + 100];
            int length = 0;
            while (!deflater.finished()) { // after a change of strategy the first call gives nothing
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }
}
