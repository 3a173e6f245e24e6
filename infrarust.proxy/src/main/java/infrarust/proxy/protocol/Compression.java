package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The compressed form of frames: behind the frame's length a VarInt with the packet's length before compression, then the
 * packet deflated (zlib); or a 0 and the packet as it is. One object per event loop, for its thread: frames do not depend on
 * each other, so no connection needs an inflater of its own.
 */
public final class Compression implements AutoCloseable {

    /** {@link #peekId}: the bytes that are there do not suffice. */
    static final int CUT = -2;
    /** {@link #peekId}: it is no packet id. */
    static final int UNREADABLE = -1;

    /** A threshold that means: no compression, frames have the plain form. */
    public static final int OFF = -1;

    /** What vanilla and its peers agree on as a trade of time for size. */
    private static final int LEVEL = 4;

    /** An inflated packet starts with this much memory, whatever length its frame declares. */
    private static final int FIRST_CHUNK = 8 << 10;

    /** From this length on libdeflate needs less time to deflate a packet than {@code java.util.zip} does. */
    static final int LIBRARY_DEFLATES_FROM = 1 << 10;

    /** The same for inflating. */
    static final int LIBRARY_INFLATES_FROM = 512;

    /**
     * libdeflate wants all of the memory at once. It gets that for packets that claim to be no more than so many times as long as
     * what has come of them, which is what packets are; the others grow in the JDK's hands.
     */
    private static final int LIKELY_RATIO = 16;

    /** An id may be written in more bytes than it needs; servers read it all the same. */
    static final int MAX_ID_BYTES = Wire.MAX_VAR_INT_BYTES;

    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater(LEVEL);
    private final byte[] firstBytes = new byte[MAX_ID_BYTES];
    private final DeflatedId deflatedId = new DeflatedId();
    private final ZlibChoice choice;
    private LibDeflate.@Nullable Codec codec;

    /** With the JDK's zlib alone. */
    public Compression() {
        this(ZlibChoice.jdk());
    }

    /** With that choice of zlib. */
    public Compression(ZlibChoice choice) {
        this.choice = choice;
    }

    private LibDeflate.@Nullable Codec codec() {
        LibDeflate.Codec opened = codec;
        if (opened == null) {
            LibDeflate library = choice.library();
            if (library != null) {
                opened = library.open(LEVEL);
                codec = opened;
            }
        }
        return opened;
    }

    /**
     * Whether a frame already has the form that frames have on a connection with that threshold, so that it can go there as it
     * came. A deflated packet says its length itself: nothing is inflated to tell.
     *
     * @param frame what follows the frame's length
     * @param compressed whether the frame has the compressed form
     * @param threshold of that connection; negative for the plain form
     */
    public static boolean hasForm(ByteBuf frame, boolean compressed, int threshold) {
        if (!compressed || threshold < 0) {
            return !compressed && threshold < 0;
        }
        if (frame.getByte(frame.readerIndex()) == 0) {
            return frame.readableBytes() - 1 < threshold;
        }
        int declared = declaredLength(frame);
        return declared > 0 && declared >= threshold;
    }

    /**
     * The packet id of a whole frame. Of a deflated packet only the id is inflated.
     *
     * @param frame what follows the frame's length
     * @param compressed whether the frame has the compressed form
     * @return the id; negative when there is none to be read
     */
    public int peekId(ByteBuf frame, boolean compressed) {
        return peekId(frame, frame.readerIndex(), frame.writerIndex(), frame.readableBytes(), compressed);
    }

    /**
     * The packet id of a frame, of which perhaps only the first bytes are there. Of a compressed packet only the id is
     * inflated.
     *
     * @param in the bytes
     * @param index of the first byte behind the frame's length
     * @param limit index behind the last byte of the frame that is there
     * @param length of the frame
     * @param compressed whether the frame has the compressed form
     * @return the id, {@link #CUT} or {@link #UNREADABLE}
     */
    int peekId(ByteBuf in, int index, int limit, int length, boolean compressed) {
        int at = index;
        if (compressed) {
            int declared = 0;
            int b;
            do {
                if (at == limit) {
                    return limit - index < length ? CUT : UNREADABLE;
                }
                b = in.getByte(at);
                declared |= (b & 0x7F) << ((at - index) * 7);
                at++;
            } while (b < 0 && at - index < Wire.MAX_VAR_INT_BYTES);
            if (b < 0) {
                return UNREADABLE;
            }
            if (declared != 0) {
                return peekDeflated(in, at, limit, limit - index < length);
            }
        }
        int id = 0;
        for (int i = 0; i < MAX_ID_BYTES; i++) {
            if (at + i == limit) {
                return limit - index < length ? CUT : UNREADABLE;
            }
            int b = in.getByte(at + i);
            id |= (b & 0x7F) << (i * 7);
            if (b >= 0) {
                return known(id);
            }
        }
        return UNREADABLE;
    }

    /** No packet has a negative id, and what is no id must not be taken for a {@link #CUT}. */
    private static int known(int id) {
        return id < 0 ? UNREADABLE : id;
    }

    private int peekDeflated(ByteBuf in, int index, int limit, boolean moreToCome) {
        int read = deflatedId.read(in, index, limit);
        if (read >= 0 || (read == CUT && moreToCome)) {
            return read;
        }
        inflater.reset();
        inflater.setInput(in.nioBuffer(index, limit - index));
        try {
            int inflated = 0;
            while (inflated < firstBytes.length) {
                int more = inflater.inflate(firstBytes, inflated, firstBytes.length - inflated);
                if (more == 0) {
                    break;
                }
                inflated += more;
            }
            int id = 0;
            for (int i = 0; i < inflated; i++) {
                id |= (firstBytes[i] & 0x7F) << (i * 7);
                if (firstBytes[i] >= 0) {
                    return known(id);
                }
            }
            return moreToCome && inflated < firstBytes.length && !inflater.finished() ? CUT : UNREADABLE;
        } catch (DataFormatException e) {
            return UNREADABLE;
        }
    }

    /**
     * What a frame of the compressed form declares as the length of its packet before compression.
     *
     * @param frame what follows the frame's length
     * @return the length; 0 for a packet that is not deflated, and for what is no length, which {@link #unpack} refuses
     */
    public static int declaredLength(ByteBuf frame) {
        int length = 0;
        int bytes = Math.min(frame.readableBytes(), Wire.MAX_VAR_INT_BYTES);
        for (int i = 0; i < bytes; i++) {
            int b = frame.getByte(frame.readerIndex() + i);
            length |= (b & 0x7F) << (i * 7);
            if (b >= 0) {
                return Math.max(0, length);
            }
        }
        return 0;
    }

    /**
     * How many bytes the packet in a frame has, or says that it has, or its frame: whichever is more.
     *
     * @param frame what follows the frame's length
     * @param compressed whether the frame has the compressed form
     */
    public static int length(ByteBuf frame, boolean compressed) {
        return Math.max(frame.readableBytes(), compressed ? declaredLength(frame) : 0);
    }

    /**
     * Id and body of the packet in a frame.
     *
     * @param frame what follows the frame's length
     * @param compressed whether the frame has the compressed form
     * @return a retained slice of the frame, or the inflated packet; the caller releases it
     * @throws MalformedPacketException when it cannot be inflated, or is longer than {@link Frames#MAX_UNCOMPRESSED}, or not
     *     as long as it declares
     */
    public ByteBuf unpack(ByteBuf frame, boolean compressed) {
        return unpack(frame, compressed, Frames.MAX_UNCOMPRESSED);
    }

    /**
     * As {@link #unpack(ByteBuf, boolean)}, of a packet that was deflated from no more bytes than {@code most}.
     *
     * @param most at most {@link Frames#MAX_UNCOMPRESSED}
     */
    public ByteBuf unpack(ByteBuf frame, boolean compressed, int most) {
        if (!compressed) {
            return frame.retainedSlice();
        }
        ByteBuf view = frame.duplicate();
        int declared = Wire.readVarInt(view);
        if (declared == 0) {
            return view.retainedSlice();
        }
        if (declared < 0 || declared > most) {
            throw new MalformedPacketException("Packet of " + declared + " bytes where " + most + " are allowed");
        }
        if (declared >= LIBRARY_INFLATES_FROM
                && declared <= Math.max(FIRST_CHUNK, (long) view.readableBytes() * LIKELY_RATIO)
                && isNative(view)) {
            LibDeflate.Codec library = codec();
            if (library != null) {
                return inflate(library, view, declared);
            }
        }
        return inflate(view, declared);
    }

    private static ByteBuf inflate(LibDeflate.Codec library, ByteBuf deflated, int declared) {
        ByteBuf packet = deflated.alloc().directBuffer(declared, declared);
        if (library.inflate(
                address(deflated, deflated.readerIndex(), deflated.readableBytes()),
                deflated.readableBytes(),
                address(packet, 0, declared),
                declared)) {
            return packet.writerIndex(declared);
        }
        packet.release();
        throw new MalformedPacketException("Packet cannot be inflated to the " + declared + " bytes declared");
    }

    private ByteBuf inflate(ByteBuf deflated, int declared) {
        inflater.reset();
        inflater.setInput(deflated.nioBuffer());
        // Grows with what really comes out, up to what was declared.
        ByteBuf packet = deflated.alloc().directBuffer(Math.min(declared, FIRST_CHUNK), declared);
        try {
            while (packet.readableBytes() < declared) {
                if (packet.writableBytes() == 0) {
                    packet.ensureWritable(Math.min(declared - packet.readableBytes(), packet.capacity()));
                }
                ByteBuffer target = packet.internalNioBuffer(packet.writerIndex(), packet.writableBytes());
                int more = inflater.inflate(target);
                if (more == 0) {
                    throw new MalformedPacketException("Packet inflates to " + packet.readableBytes() + " bytes where "
                            + declared + " are declared");
                }
                packet.writerIndex(packet.writerIndex() + more);
            }
            if (!inflater.finished() && inflater.inflate(firstBytes) > 0) {
                throw new MalformedPacketException("Packet inflates to more than the " + declared + " bytes declared");
            }
            return packet;
        } catch (DataFormatException e) {
            packet.release();
            throw new MalformedPacketException("Packet cannot be inflated");
        } catch (RuntimeException e) {
            packet.release();
            throw e;
        }
    }

    /**
     * A frame around a packet.
     *
     * @param packet id and body; taken
     * @param threshold from which length on packets are deflated; negative for the plain form
     * @return the frame with its length; the caller releases it
     * @throws MalformedPacketException when it would be longer than a frame can be
     */
    public ByteBuf pack(ByteBuf packet, int threshold) {
        if (threshold < 0) {
            return Frames.frame(packet);
        }
        try {
            int length = packet.readableBytes();
            if (length >= threshold) {
                return deflate(packet, length);
            }
            if (length >= Frames.MAX_LENGTH) {
                throw new MalformedPacketException("Packet of " + length + " bytes below the threshold of " + threshold
                        + " is too long for a frame");
            }
            ByteBuf frame = packet.alloc().directBuffer(Frames.MAX_LENGTH_BYTES + 1 + length);
            Wire.writeVarInt(frame, length + 1);
            return frame.writeByte(0).writeBytes(packet);
        } finally {
            packet.release();
        }
    }

    private ByteBuf deflate(ByteBuf packet, int length) {
        int header = Frames.MAX_LENGTH_BYTES + Wire.varIntSize(length);
        LibDeflate.Codec library = length >= LIBRARY_DEFLATES_FROM && isNative(packet) ? codec() : null;
        ByteBuf frame = packet.alloc()
                .directBuffer(header + (library == null ? Math.max(length / 2, 64) : LibDeflate.bound(length)));
        try {
            // The length of the frame is known only afterwards: it is written right before the rest, and the reader
            // starts there.
            frame.writerIndex(Frames.MAX_LENGTH_BYTES);
            Wire.writeVarInt(frame, length);
            if (library == null || !deflateByLibrary(library, packet, frame)) {
                deflateByJdk(packet, frame);
            }
            int frameLength = frame.writerIndex() - Frames.MAX_LENGTH_BYTES;
            if (frameLength > Frames.MAX_LENGTH) {
                throw new MalformedPacketException("Frame of " + frameLength + " bytes after compression");
            }
            int start = Frames.MAX_LENGTH_BYTES - Wire.varIntSize(frameLength);
            int end = frame.writerIndex();
            frame.writerIndex(start);
            Wire.writeVarInt(frame, frameLength);
            frame.setIndex(start, end);
            return frame;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
    }

    private void deflateByJdk(ByteBuf packet, ByteBuf frame) {
        deflater.reset();
        deflater.setInput(packet.nioBuffer());
        deflater.finish();
        while (!deflater.finished()) {
            if (frame.writableBytes() == 0) {
                frame.ensureWritable(frame.capacity());
            }
            ByteBuffer target = frame.internalNioBuffer(frame.writerIndex(), frame.writableBytes());
            frame.writerIndex(frame.writerIndex() + deflater.deflate(target));
        }
    }

    /** Whether it is one piece of memory outside the heap. */
    private static boolean isNative(ByteBuf bytes) {
        return bytes.isDirect() && bytes.nioBufferCount() == 1;
    }

    /** Where bytes lie. Netty knows when it has {@code Unsafe}; its buffer knows always. */
    private static long address(ByteBuf bytes, int index, int length) {
        return bytes.hasMemoryAddress()
                ? bytes.memoryAddress() + index
                : MemorySegment.ofBuffer(bytes.internalNioBuffer(index, length)).address();
    }

    /** Answers false when the library finds no room; {@link LibDeflate#bound} leaves it enough. */
    private static boolean deflateByLibrary(LibDeflate.Codec library, ByteBuf packet, ByteBuf frame) {
        int length = library.deflate(
                address(packet, packet.readerIndex(), packet.readableBytes()),
                packet.readableBytes(),
                address(frame, frame.writerIndex(), frame.writableBytes()),
                frame.writableBytes());
        if (length == 0) {
            return false;
        }
        int end = frame.writerIndex() + length;
        frame.writerIndex(end);
        if (end < frame.capacity() / 2) {
            frame.capacity(end); // it may wait for a slow client, and should not hold twice its size
        }
        return true;
    }

    /** Gives the native memory back. */
    @Override
    public void close() {
        inflater.end();
        deflater.end();
        LibDeflate.Codec opened = codec;
        if (opened != null) {
            codec = null;
            opened.close();
        }
    }
}
