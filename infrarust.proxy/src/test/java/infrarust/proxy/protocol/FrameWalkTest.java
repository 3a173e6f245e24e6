package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWalkTest {

    private static final int WANTED = 0x77; // system chat of 1.21.9
    private static final PacketIds IDS = PacketTable.load().ids(773);
    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private final Compression compression = new Compression();
    private final Recorder recorder = new Recorder();
    private final FrameWalk walk = new FrameWalk(recorder, compression);

    /** Everything that comes out, in order. */
    private static final class Recorder implements FrameWalk.Sink {
        final ByteBuf passed = Unpooled.buffer();
        final List<String> wanted = new ArrayList<>();
        int runs;
        boolean forward = true;
        Runnable onFrame = () -> {};
        Runnable onGap = () -> {};

        @Override
        public void run(ByteBuf in, int index, int length) {
            runs++;
            passed.writeBytes(in, index, length);
        }

        @Override
        public boolean frame(int id, ByteBuf frame) {
            wanted.add(id + ":" + frame.readableBytes());
            onFrame.run();
            return forward;
        }

        @Override
        public void gap() {
            onGap.run();
        }

        byte[] bytes() {
            byte[] bytes = new byte[passed.readableBytes()];
            passed.getBytes(0, bytes);
            return bytes;
        }
    }

    @AfterEach
    void release() {
        walk.release();
        compression.close();
    }

    private void feed(byte[] stream, int from, int to) {
        ByteBuf chunk = POOL.directBuffer(Math.max(1, to - from)).writeBytes(stream, from, to - from);
        try {
            walk.walk(chunk);
        } finally {
            assertThat(chunk.refCnt()).as("nobody keeps the receive buffer").isEqualTo(1);
            chunk.release();
        }
    }

    private byte[] stream(int threshold, long seed, int frames) {
        var random = new Random(seed);
        ByteBuf all = Unpooled.buffer();
        for (int i = 0; i < frames; i++) {
            ByteBuf packet = POOL.directBuffer();
            Wire.writeVarInt(packet, random.nextInt(4) == 0 ? WANTED : random.nextInt(300));
            for (int left = random.nextInt(5) == 0 ? 2000 : random.nextInt(40); left > 0; left--) {
                packet.writeByte(random.nextInt(16));
            }
            ByteBuf frame = compression.pack(packet, threshold);
            all.writeBytes(frame);
            frame.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {Compression.OFF, 0, 64})
    void a_stream_cut_anywhere_comes_out_as_it_went_in_and_the_same_frames_are_seen(int threshold) {
        byte[] stream = stream(threshold, 7, 40);
        walk.compressed(threshold >= 0);
        walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
        feed(stream, 0, stream.length);
        assertThat(recorder.bytes()).isEqualTo(stream);
        assertThat(recorder.wanted).hasSizeGreaterThan(3).allMatch(frame -> frame.startsWith(WANTED + ":"));

        for (int cut = 1; cut < Math.min(stream.length, 3000); cut++) {
            var again = new Recorder();
            var cutWalk = new FrameWalk(again, compression);
            cutWalk.compressed(threshold >= 0);
            cutWalk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            for (int[] part : new int[][] {{0, cut}, {cut, stream.length}}) {
                ByteBuf chunk = POOL.directBuffer().writeBytes(stream, part[0], part[1] - part[0]);
                cutWalk.walk(chunk);
                chunk.release();
            }
            assertThat(again.bytes()).as("cut at %d", cut).isEqualTo(stream);
            assertThat(again.wanted).as("cut at %d", cut).isEqualTo(recorder.wanted);
            cutWalk.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Compression.OFF, 0, 64})
    void a_stream_that_comes_byte_by_byte_comes_out_as_it_went_in(int threshold) {
        byte[] stream = stream(threshold, 11, 25);
        walk.compressed(threshold >= 0);
        walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
        for (int i = 0; i < stream.length; i++) {
            feed(stream, i, i + 1);
        }
        assertThat(recorder.bytes()).isEqualTo(stream);
        assertThat(recorder.wanted).isNotEmpty();
    }

    @Test
    void frames_that_nobody_wants_leave_as_one_run_even_when_the_last_has_only_begun() {
        walk.interest(Interest.NONE);
        feed(HexFormat.of().parseHex("0201ff" + "0301ffff" + "0a01"), 0, 9);
        assertThat(recorder.runs).isEqualTo(1);
        assertThat(walk.isInsideFrame()).isTrue();
    }

    @Nested
    class A_frame_that_passes_whole {

        private final byte[] stream = HexFormat.of().parseHex("0201ff" + "0301ffff" + "0401aabbcc");

        @Test
        void is_kept_until_it_is_whole_though_nobody_wants_it() {
            walk.interest(Interest.NONE);
            walk.passesWhole(4);
            feed(stream, 0, 9);
            assertThat(recorder.bytes()).isEqualTo(Arrays.copyOf(stream, 7));
            assertThat(walk.isInsideFrame()).isFalse();
            feed(stream, 9, 11);
            assertThat(recorder.bytes()).isEqualTo(Arrays.copyOf(stream, 7));
            feed(stream, 11, 12);
            assertThat(recorder.bytes()).isEqualTo(stream);
        }

        @Test
        void passes_as_it_comes_when_it_is_longer_than_that() {
            walk.interest(Interest.NONE);
            walk.passesWhole(3);
            feed(stream, 0, 9);
            assertThat(recorder.bytes()).isEqualTo(Arrays.copyOf(stream, 9));
            assertThat(walk.isInsideFrame()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {Compression.OFF, 0, 64})
        void leaves_the_stream_what_it_was_wherever_it_is_cut(int threshold) {
            byte[] many = stream(threshold, 13, 60);
            walk.compressed(threshold >= 0);
            walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            walk.passesWhole(500);
            var random = new Random(17);
            for (int at = 0; at < many.length; ) {
                int next = Math.min(many.length, at + 1 + random.nextInt(300));
                feed(many, at, next);
                at = next;
            }
            assertThat(recorder.bytes()).isEqualTo(many);
            assertThat(recorder.wanted).isNotEmpty();
        }
    }

    @Nested
    class A_wanted_frame {

        @Test
        void that_is_kept_back_leaves_a_hole_and_nothing_else() {
            walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            recorder.forward = false;
            feed(HexFormat.of().parseHex("020105" + "027705" + "020205"), 0, 9);
            assertThat(recorder.bytes()).isEqualTo(HexFormat.of().parseHex("020105" + "020205"));
        }

        @Test
        void can_change_what_is_wanted_and_the_form_of_the_next_frame() {
            walk.interest(Interest.ALL);
            recorder.onFrame = () -> {
                walk.compressed(true);
                walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            };
            feed(HexFormat.of().parseHex("020305" + "03007701" + "03000105"), 0, 11);
            assertThat(recorder.wanted).containsExactly("-1:2", WANTED + ":3");
        }

        @Test
        void that_pauses_keeps_what_follows_until_the_walk_goes_on() {
            walk.interest(Interest.ALL);
            recorder.onFrame = walk::pause;
            byte[] stream = HexFormat.of().parseHex("020105" + "020205" + "020305");
            feed(stream, 0, 7);
            feed(stream, 7, 9);
            assertThat(recorder.bytes()).hasSize(3);
            recorder.onFrame = () -> {};
            walk.resume();
            assertThat(recorder.bytes()).isEqualTo(stream);
        }
    }

    @Test
    void a_gap_comes_behind_the_frame_under_way() {
        walk.interest(Interest.NONE);
        var before = new ArrayList<Integer>();
        recorder.onGap = () -> before.add(recorder.passed.readableBytes());
        byte[] stream = HexFormat.of().parseHex("04010203" + "04" + "020105");
        feed(stream, 0, 2);
        walk.requestGap();
        feed(stream, 2, stream.length);
        assertThat(before).containsExactly(5);
        assertThat(recorder.bytes()).isEqualTo(stream);
    }

    @Nested
    class Malformed_input {

        @ParameterizedTest
        @ValueSource(strings = {"00", "80808001", "ffffff7f", "808000"})
        void is_refused(String hex) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThatThrownBy(() -> feed(bytes, 0, bytes.length)).isInstanceOf(MalformedPacketException.class);
        }

        @Test
        void longer_than_allowed_is_refused_before_it_is_kept() {
            walk.maxLength(100);
            assertThatThrownBy(() -> feed(new byte[] {101, 1}, 0, 2)).isInstanceOf(MalformedPacketException.class);
        }

        @Test
        void of_every_kind_ends_in_that_exception_or_passes_and_leaks_nothing() {
            var random = new Random(42);
            for (int round = 0; round < 3000; round++) {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                var fuzzed = new FrameWalk(new Recorder(), compression);
                fuzzed.compressed(random.nextBoolean());
                fuzzed.interest(
                        random.nextBoolean()
                                ? Interest.ALL
                                : Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
                ByteBuf chunk = POOL.directBuffer(300).writeBytes(noise);
                try {
                    fuzzed.walk(chunk);
                } catch (MalformedPacketException expected) {
                    assertThat(expected.getStackTrace()).isEmpty();
                } finally {
                    fuzzed.release();
                    assertThat(chunk.refCnt()).isEqualTo(1);
                    chunk.release();
                }
            }
        }
    }

    @Nested
    class An_id_that_cannot_be {

        @ParameterizedTest
        @ValueSource(strings = {"05feffffff0f", "05ffffffff0f", "04feffff7f"})
        void is_nobodys_and_passes_at_once(String frame) {
            walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            byte[] bytes = HexFormat.of().parseHex(frame);

            feed(bytes, 0, bytes.length);

            assertThat(recorder.bytes()).isEqualTo(bytes);
            assertThat(recorder.wanted).isEmpty();
        }
    }

    @Nested
    class An_id_that_is_written_longer_than_it_is {

        @ParameterizedTest
        @ValueSource(strings = {"0177", "02f700", "03f78000", "04f7808000", "05f780808000"})
        void is_that_id(String frame) {
            walk.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
            byte[] bytes = HexFormat.of().parseHex(frame);

            feed(bytes, 0, bytes.length);

            assertThat(recorder.wanted).containsExactly(WANTED + ":" + (bytes.length - 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"77", "f700", "f78000", "f7808000", "f780808000"})
        void is_that_id_in_every_form_of_a_compressed_packet(String id) {
            byte[] packet = HexFormat.of().parseHex(id + "0102030405060708");
            for (int level : new int[] {Deflater.NO_COMPRESSION, 4, 9}) {
                for (int repeated : new int[] {1, 400}) {
                    assertIsSeen(deflated(packet, level, repeated));
                }
            }
            assertIsSeen(Unpooled.buffer().writeByte(0).writeBytes(packet));
        }

        private ByteBuf deflated(byte[] packet, int level, int repeated) {
            var whole = Unpooled.buffer();
            for (int i = 0; i < repeated; i++) {
                whole.writeBytes(packet);
            }
            byte[] out = new byte[whole.readableBytes() + 100];
            var deflater = new Deflater(level);
            deflater.setInput(whole.array(), 0, whole.readableBytes());
            deflater.finish();
            int length = deflater.deflate(out);
            deflater.end();
            ByteBuf frame = Unpooled.buffer();
            Wire.writeVarInt(frame, whole.readableBytes());
            return frame.writeBytes(out, 0, length);
        }

        private void assertIsSeen(ByteBuf frame) {
            ByteBuf stream = Unpooled.buffer();
            Wire.writeVarInt(stream, frame.readableBytes());
            stream.writeBytes(frame);
            byte[] bytes = Wire.readRest(stream);
            for (int cut = 0; cut < Math.min(bytes.length, 12); cut++) {
                var seen = new Recorder();
                var again = new FrameWalk(seen, compression);
                again.compressed(true);
                again.interest(Interest.in(IDS, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT));
                for (int[] part : new int[][] {{0, cut}, {cut, bytes.length}}) {
                    ByteBuf chunk = POOL.directBuffer().writeBytes(bytes, part[0], part[1] - part[0]);
                    again.walk(chunk);
                    chunk.release();
                }
                again.release();
                assertThat(seen.wanted).as("cut at %d", cut).hasSize(1);
                assertThat(seen.bytes()).isEqualTo(bytes);
            }
        }
    }

    @Nested
    class A_packet_that_is_inflated {

        @Test
        void and_declares_more_than_it_holds_is_refused_without_taking_that_much_memory() {
            ByteBuf packet = POOL.directBuffer().writeZero(1000);
            ByteBuf honest = compression.pack(packet, 0);
            Wire.readVarInt(honest);
            Wire.readVarInt(honest);
            ByteBuf lying = POOL.directBuffer();
            Wire.writeVarInt(lying, Frames.MAX_UNCOMPRESSED);
            lying.writeBytes(honest);
            assertThatThrownBy(() -> compression.unpack(lying, true)).isInstanceOf(MalformedPacketException.class);
            honest.release();
            lying.release();
        }

        @Test
        void and_holds_more_than_it_declares_is_refused() {
            ByteBuf packet = POOL.directBuffer().writeZero(100_000);
            ByteBuf bomb = compression.pack(packet, 0);
            Wire.readVarInt(bomb);
            Wire.readVarInt(bomb);
            ByteBuf lying = POOL.directBuffer();
            Wire.writeVarInt(lying, 10);
            lying.writeBytes(bomb);
            assertThatThrownBy(() -> compression.unpack(lying, true)).isInstanceOf(MalformedPacketException.class);
            bomb.release();
            lying.release();
        }

        @Test
        void comes_back_as_it_was_at_every_size() {
            for (int size : new int[] {1, 2, 100, 8191, 8192, 8193, 100_000, 1 << 20}) {
                ByteBuf packet = POOL.directBuffer(size);
                for (int i = 0; i < size; i++) {
                    packet.writeByte(i * 31);
                }
                ByteBuf frame = compression.pack(packet.retainedDuplicate(), 0);
                assertThat(Frames.readLength(frame, Frames.MAX_LENGTH)).isEqualTo(frame.readableBytes());
                ByteBuf back = compression.unpack(frame, true);
                assertThat(back).isEqualTo(packet);
                back.release();
                frame.release();
                packet.release();
            }
        }
    }
}
