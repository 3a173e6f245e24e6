package infrarust.proxy.protocol;

import infrarust.proxy.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The walk over frames and the inflating of their packets, beside a decoder that has the whole stream and takes its time. The
 * first byte says which form the frames have, what is wanted, whether wanted frames pass and whether all pass only when they are
 * whole; the second how the rest is cut.
 */
public final class FramesTarget implements FuzzTarget {

    private static final int COMPRESSED = 1;
    private static final int ALL = 2;
    private static final int SWALLOW = 4;
    private static final int WHOLE = 8;
    private static final int WANTED = 0x77; // system chat of 1.21.9
    /** Longest frame and longest packet, short enough for many inputs a second. */
    private static final int MOST = 1 << 16;

    private final PacketIds ids = PacketTable.load().ids(773);
    private final Interest some = Interest.in(ids, PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT);
    private final Compression compression = new Compression();
    private final Inflater inflater = new Inflater();
    private final byte[] first = new byte[1 << 16];

    /** What comes out, by either way. */
    private static final class Result implements FrameWalk.Sink {
        final ByteArrayOutputStream passed = new ByteArrayOutputStream();
        final List<byte[]> wanted = new ArrayList<>();
        final boolean swallow;
        boolean malformed;
        long kept;

        Result(boolean swallow) {
            this.swallow = swallow;
        }

        @Override
        public void run(ByteBuf in, int index, int length) {
            passed.writeBytes(bytes(in.slice(index, length)));
        }

        @Override
        public boolean frame(int id, ByteBuf frame) {
            wanted.add(bytes(frame));
            return !swallow;
        }

        @Override
        public void gap() {}

        @Override
        public void keeps(int change) {
            kept += change;
            if (kept < 0) {
                throw new AssertionError("Fewer than no bytes are kept");
            }
        }
    }

    private static byte[] bytes(ByteBuf from) {
        byte[] bytes = new byte[from.readableBytes()];
        from.getBytes(from.readerIndex(), bytes);
        return bytes;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        var random = new Random(5);
        for (int flags = 0; flags < 16; flags++) {
            ByteBuf stream = Unpooled.buffer().writeByte(flags).writeByte(flags * 37);
            for (int i = 0; i < 6; i++) {
                ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer();
                Wire.writeVarInt(packet, i % 2 == 0 ? WANTED : i);
                packet.writeZero(random.nextInt(90)).writeInt(random.nextInt());
                ByteBuf frame = compression.pack(packet, (flags & COMPRESSED) == 0 ? Compression.OFF : 40);
                stream.writeBytes(frame);
                frame.release();
            }
            seeds.add(bytes(stream));
        }
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int flags = input[0];
        byte[] stream = Arrays.copyOfRange(input, 2, input.length);
        boolean compressed = (flags & COMPRESSED) != 0;
        var plain = new Result((flags & SWALLOW) != 0);
        boolean exact = decode(stream, flags, plain);
        Result walked = walk(stream, input[1] & 0xFF, flags);
        // What no inflater can read has an id by its first bytes alone, if those come alone.
        if (exact) {
            compare(plain, walked);
        }
        if (compressed) {
            walked.wanted.forEach(this::inflate);
        }
    }

    private Result walk(byte[] stream, int cut, int flags) {
        var result = new Result((flags & SWALLOW) != 0);
        var walk = new FrameWalk(result, compression);
        walk.compressed((flags & COMPRESSED) != 0);
        walk.maxLength(MOST);
        walk.passesWhole((flags & WHOLE) != 0 ? MOST : 0);
        walk.interest((flags & ALL) != 0 ? Interest.ALL : some);
        int step = cut == 0 ? Math.max(1, stream.length) : cut;
        try {
            for (int at = 0; at < stream.length; at += step) {
                int length = Math.min(step, stream.length - at);
                ByteBuf chunk =
                        PooledByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(stream, at, length);
                walkOver(walk, chunk);
            }
        } catch (MalformedPacketException e) {
            result.malformed = true;
        } finally {
            walk.release();
        }
        if (result.kept != 0) {
            throw new AssertionError(result.kept + " bytes are kept after the end");
        }
        return result;
    }

    private static void walkOver(FrameWalk walk, ByteBuf chunk) {
        boolean alone;
        try {
            walk.walk(chunk);
        } finally {
            alone = chunk.refCnt() == 1;
            chunk.release();
        }
        if (!alone) {
            throw new AssertionError("The walk keeps the receive buffer");
        }
    }

    private static void compare(Result plain, Result walked) {
        if (plain.malformed != walked.malformed) {
            throw new AssertionError("malformed: " + plain.malformed + ", walked: " + walked.malformed);
        }
        if (plain.wanted.size() != walked.wanted.size()) {
            throw new AssertionError(plain.wanted.size() + " wanted frames, walked: " + walked.wanted.size());
        }
        for (int i = 0; i < plain.wanted.size(); i++) {
            if (!Arrays.equals(plain.wanted.get(i), walked.wanted.get(i))) {
                throw new AssertionError("wanted frame " + i + " differs");
            }
        }
        byte[] expected = plain.passed.toByteArray();
        byte[] passed = walked.passed.toByteArray();
        // A run that ends at bytes that are no frame is dropped with the connection.
        boolean same = walked.malformed
                ? passed.length <= expected.length && Arrays.equals(passed, Arrays.copyOf(expected, passed.length))
                : Arrays.equals(passed, expected);
        if (!same) {
            throw new AssertionError(expected.length + " bytes pass, walked: " + passed.length);
        }
    }

    /** @return whether the ids of all frames are beyond doubt */
    private boolean decode(byte[] stream, int flags, Result result) {
        boolean compressed = (flags & COMPRESSED) != 0;
        boolean all = (flags & ALL) != 0;
        boolean exact = true;
        int at = 0;
        while (at < stream.length) {
            int start = at;
            int length = 0;
            int count = 0;
            boolean ends = false;
            while (at < stream.length && count < Frames.MAX_LENGTH_BYTES && !ends) {
                length |= (stream[at] & 0x7F) << (7 * count);
                ends = stream[at] >= 0;
                count++;
                at++;
            }
            if (!ends && count < Frames.MAX_LENGTH_BYTES) {
                return exact;
            }
            if (!ends || length == 0 || length > MOST) {
                result.malformed = true;
                return exact;
            }
            int there = Math.min(length, stream.length - at);
            byte[] frame = Arrays.copyOfRange(stream, at, at + there);
            Optional<Integer> id = all ? Optional.of(WANTED) : id(frame, compressed);
            if (there < length) {
                // What is not whole passes as it comes when it is known not to be wanted, which is not told twice here.
                return (flags & WHOLE) != 0 && exact;
            }
            exact &= id.isPresent();
            at += length;
            if (id.isPresent() && id.get() == WANTED) {
                result.wanted.add(frame);
                if (result.swallow) {
                    continue;
                }
            }
            result.passed.write(stream, start, at - start);
        }
        return exact;
    }

    /** The id, −1 for none; empty when it depends on how far the inflater came. */
    private Optional<Integer> id(byte[] frame, boolean compressed) {
        ByteBuf view = Unpooled.wrappedBuffer(frame);
        try {
            if (compressed && Wire.readVarInt(view) != 0) {
                byte[] rest = bytes(view);
                inflater.reset();
                inflater.setInput(rest);
                int inflated = inflater.inflate(first);
                if (!inflater.finished()) {
                    return Optional.empty();
                }
                view = Unpooled.wrappedBuffer(first, 0, inflated);
            }
            return Optional.of(Wire.readVarInt(view));
        } catch (MalformedPacketException e) {
            return Optional.of(-1);
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }

    /** Inflating gives what was declared or nothing. */
    private void inflate(byte[] frame) {
        ByteBuf direct =
                PooledByteBufAllocator.DEFAULT.directBuffer(frame.length).writeBytes(frame);
        boolean alone;
        try {
            ByteBuf packet = compression.unpack(direct, true, MOST);
            int length = packet.readableBytes();
            packet.release();
            int declared = Compression.declaredLength(direct);
            if ((declared != 0 && length != declared) || length > Math.max(MOST, frame.length)) {
                throw new AssertionError(length + " bytes where " + declared + " are declared");
            }
        } catch (MalformedPacketException e) {
            // As good an answer as any.
        } finally {
            alone = direct.refCnt() == 1;
            direct.release();
        }
        if (!alone) {
            throw new AssertionError("The frame is still held");
        }
    }
}
