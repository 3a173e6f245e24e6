package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one direction of a connection where its bytes lie. Frames that nobody wants are never touched: all of them that
 * lie behind each other leave as one run of bytes, even when the last one has only begun. Nothing is kept but the first
 * bytes of a frame whose header is cut, a frame of which a part is missing and that is wanted or has to {@linkplain #passesWhole
 * pass whole}, and what arrives while the walk is {@linkplain #pause paused}.
 *
 * <p>Runs per frame: a frame that nobody wants costs reading its length, and its id where a frame of that length could be
 * wanted. For one thread.
 */
@SuppressWarnings("ReferenceEquality") // buffers are told apart by identity, not by their bytes
public final class FrameWalk {

    /** What comes out of the walk. */
    public interface Sink {

        /**
         * Bytes that pass as they came. Valid only during the call: take a retained slice, or copy.
         *
         * @param in the buffer that is walked over
         * @param index where the bytes begin in it
         * @param length how many
         */
        void run(ByteBuf in, int index, int length);

        /**
         * A frame that the {@link Interest} names, whole. The interest, the compression and the pause may be changed in here;
         * they hold from the next frame on.
         *
         * @param id of the packet; −1 with {@link Interest#ALL}, where it has not been looked at
         * @param frame what follows the frame's length, as it came; valid only during the call
         * @return whether the frame passes as it came
         */
        boolean frame(int id, ByteBuf frame);

        /** The walk is between two frames, everything before has gone to {@link #run}; asked for by {@link #requestGap}. */
        void gap();

        /**
         * The frames granted so far have come; asked before the next one is looked at.
         *
         * @return how many more may come before this is asked again, at least 1; a sink that wants none throws
         */
        default int grant() {
            return Integer.MAX_VALUE;
        }

        /**
         * So many more (or, negative, fewer) bytes are kept for frames that are not whole; a sink that cannot have that throws, and
         * {@linkplain #release releases} the walk.
         */
        default void keeps(int change) {}
    }

    /** How many bytes at a time are added to a header that is cut: a header and what it takes to inflate an id. */
    private static final int HEADER_STEP = 24;

    private final Sink sink;
    private final Compression compression;
    private Interest interest = Interest.ALL;
    private int maxLength = Frames.MAX_LENGTH;
    private int longestWhole;
    private boolean compressed;
    private boolean paused;
    private boolean gapRequested;
    /** How much of the frame under way is still to come; it passes as it comes. */
    private int remaining;
    /** Bytes from a frame's first on that could not be dealt with yet. */
    private @Nullable ByteBuf held;
    /** How many bytes {@link #held} must have to go on; 0 when that is not known. */
    private int needed;
    /** What was held and is being walked over at the moment. */
    private @Nullable ByteBuf walkedAgain;

    private boolean released;
    /** How many frames may come before the sink is asked. */
    private int granted;
    /** Of how many kept bytes the sink knows. */
    private int told;

    /**
     * @param sink gets runs and wanted frames
     * @param compression of the loop
     */
    public FrameWalk(Sink sink, Compression compression) {
        this.sink = sink;
        this.compression = compression;
    }

    /** What is wanted from the next frame on. It is everything at first. */
    public void interest(Interest wanted) {
        interest = wanted;
    }

    /** Frames from the next one on have the compressed form. */
    public void compressed(boolean compressedForm) {
        compressed = compressedForm;
    }

    /** Whether frames have the compressed form. */
    public boolean isCompressed() {
        return compressed;
    }

    /** No longer frame is accepted from the next one on. */
    public void maxLength(int bytes) {
        maxLength = bytes;
    }

    /**
     * Frames of up to that length pass only once they are whole, from the next one on; 0, as at first, for none. Whoever they pass
     * to can then still be told something when their sender is gone in the middle of one. Costs copying what has come of a frame
     * that is cut.
     */
    public void passesWhole(int longest) {
        longestWhole = longest;
    }

    /** Takes back what has been granted: the sink is asked before the next frame. */
    public void grantAnew() {
        granted = 0;
    }

    /** Keeps everything from the next frame on until {@link #resume}. Whoever pauses stops reading the channel too. */
    public void pause() {
        paused = true;
    }

    /** Goes on with what has been kept. */
    public void resume() {
        paused = false;
        ByteBuf kept = held;
        if (kept != null) {
            held = null;
            walkAndRelease(kept);
            tell();
        }
    }

    /** Whether a frame has begun to pass that has not passed whole: nothing may be put between its bytes. */
    public boolean isInsideFrame() {
        return remaining > 0;
    }

    /** Asks for one {@link Sink#gap} as soon as the walk is between two frames. It never comes from inside this call. */
    public void requestGap() {
        gapRequested = true;
    }

    /** Gives back what is kept, and keeps nothing any more. */
    public void release() {
        released = true;
        ByteBuf kept = held;
        if (kept != null) {
            held = null;
            kept.release();
        }
        tell();
    }

    /**
     * Walks over bytes that have arrived. The buffer stays the caller's; what is kept of it is copied.
     *
     * @throws MalformedPacketException when they cannot be frames
     */
    public void walk(ByteBuf in) {
        if (held == null) {
            walk(in, in.readerIndex(), in.writerIndex());
        } else {
            walkOn(in);
        }
        if (told != 0 || held != null) {
            tell();
        }
    }

    /** The sink hears of what is kept when all that has arrived has been dealt with. */
    private void tell() {
        ByteBuf kept = held;
        int now = kept == null ? 0 : kept.readableBytes();
        int change = now - told;
        told = now;
        if (change != 0) {
            sink.keeps(change);
        }
    }

    /** As {@link #walk(ByteBuf)}, behind bytes that are kept. */
    private void walkOn(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (held != null && at < end) {
            ByteBuf kept = held;
            int missing = paused ? end - at : needed > 0 ? needed - kept.readableBytes() : HEADER_STEP;
            int taken = Math.min(missing, end - at);
            kept.writeBytes(in, at, taken);
            at += taken;
            if (!paused && kept.readableBytes() >= needed) {
                held = null;
                walkAndRelease(kept);
            }
        }
        if (at < end) {
            walk(in, at, end);
        }
    }

    private void walkAndRelease(ByteBuf kept) {
        walkedAgain = kept;
        try {
            walk(kept, kept.readerIndex(), kept.writerIndex());
        } finally {
            walkedAgain = null;
            if (held != kept) {
                kept.release();
            }
        }
    }

    // One loop, and longer than the house rule, because every frame of every player goes through it.
    private void walk(ByteBuf in, int start, int end) {
        int at = start;
        int run = start;
        while (at < end) {
            if (remaining > 0) {
                int passing = Math.min(remaining, end - at);
                at += passing;
                remaining -= passing;
                continue;
            }
            if (gapRequested) {
                gapRequested = false;
                pass(in, run, at);
                run = at;
                sink.gap();
            }
            if (paused) {
                pass(in, run, at);
                keep(in, at, end, 0);
                return;
            }
            if (granted == 0) {
                granted = sink.grant();
            }
            int length = 0;
            int body = at;
            int b;
            do {
                if (body == end) {
                    pass(in, run, at);
                    keep(in, at, end, 0);
                    return;
                }
                b = in.getByte(body);
                length |= (b & 0x7F) << ((body - at) * 7);
                body++;
            } while (b < 0 && body - at < Frames.MAX_LENGTH_BYTES);
            if (b < 0 || length == 0 || length > maxLength) {
                throw new MalformedPacketException(
                        "Frame of " + length + " bytes where 1 to " + maxLength + " are allowed");
            }
            granted--;
            int id = Compression.UNREADABLE;
            boolean wanted = interest.all();
            if (!wanted && length <= interest.maxLength()) {
                id = compression.peekId(in, body, Math.min(end, body + length), length, compressed);
                if (id == Compression.CUT) {
                    granted++;
                    pass(in, run, at);
                    keep(in, at, end, 0);
                    return;
                }
                wanted = interest.wants(id);
            }
            boolean cut = end - body < length;
            if (!wanted && !(cut && length <= longestWhole)) {
                remaining = length;
                at = body;
                continue;
            }
            pass(in, run, at);
            if (cut) {
                granted++;
                keep(in, at, end, body - at + length);
                return;
            }
            run = sink.frame(id, in.slice(body, length)) ? at : body + length;
            at = body + length;
        }
        pass(in, run, at);
        if (gapRequested && remaining == 0) {
            gapRequested = false;
            sink.gap();
        }
    }

    private void pass(ByteBuf in, int from, int to) {
        if (to > from) {
            sink.run(in, from, to - from);
        }
    }

    private void keep(ByteBuf in, int from, int end, int need) {
        if (released) {
            return;
        }
        needed = need;
        if (in == walkedAgain && in.readerIndex() == from) {
            // Nothing of it could be dealt with: it waits for more, and is not copied again.
            held = in;
            return;
        }
        ByteBuf copy = in.alloc().directBuffer(Math.max(end - from, HEADER_STEP * 2));
        held = copy.writeBytes(in, from, end - from);
    }
}
