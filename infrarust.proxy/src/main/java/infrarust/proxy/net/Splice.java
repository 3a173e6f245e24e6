package infrarust.proxy.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The system calls behind {@code zero_copy}: {@code splice(2)} moves bytes between a socket and a pipe inside the kernel.
 * With the pipes of one event loop, taken when bytes are under way and given back when none are, so that an idle connection
 * holds none. For the loop's thread only.
 *
 * <p>Called by {@code java.lang.foreign}: Netty's own splice answers 0 both at the end of the stream and when there is
 * nothing to read.
 */
public final class Splice implements AutoCloseable {

    /** {@link #move}: nothing to read, or no room to write, at the moment. */
    static final long AGAIN = -1;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final int EAGAIN = 11;
    private static final int EINTR = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int O_NONBLOCK = 0x800;
    private static final int SPLICE_F_MOVE = 1;
    private static final int SPLICE_F_NONBLOCK = 2;

    /** Bytes of a pipe: what the kernel allows everybody, and what a move cost least with. */
    static final int PIPE_SIZE = 1 << 20;
    /** Empty pipes kept by a loop. */
    private static final int POOLED_PIPES = 16;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment callState = arena.allocate(CALL_STATE);
    private final MethodHandle splice;
    private final MethodHandle pipe2;
    private final MethodHandle fcntl;
    private final MethodHandle close;
    private final ArrayDeque<Pipe> pool = new ArrayDeque<>();

    /** Two ends of a pipe. */
    record Pipe(int readEnd, int writeEnd) {}

    /** The calls, when the transport is epoll, whose loops can watch descriptors of ours, and this system has them. */
    static Optional<Splice> of(Transport transport) {
        if (transport != Transport.EPOLL) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Splice());
        } catch (UnsupportedOperationException noSuchCall) {
            return Optional.empty();
        }
    }

    private Splice() {
        Linker linker = Linker.nativeLinker();
        var state = Linker.Option.captureCallState("errno");
        splice = handle(
                linker,
                "splice",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT),
                state);
        pipe2 = handle(
                linker,
                "pipe2",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                state);
        fcntl = handle(
                linker,
                "fcntl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                state,
                Linker.Option.firstVariadicArg(2));
        close = handle(linker, "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), state);
    }

    @SuppressWarnings("restricted") // the module is granted native access by the launcher
    private static MethodHandle handle(
            Linker linker, String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment symbol = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("This system has no " + name));
        return linker.downcallHandle(symbol, descriptor, options);
    }

    private int errno() {
        return (int) ERRNO.get(callState, 0L);
    }

    /**
     * Moves bytes from one descriptor to another; one of them is a pipe. Never blocks.
     *
     * @return how many, 0 at the end of the stream, or {@link #AGAIN}
     * @throws IOException when the connection is broken
     */
    long move(int from, int to, long atMost) throws IOException {
        while (true) {
            long moved;
            try {
                moved = (long) splice.invokeExact(
                        callState,
                        from,
                        MemorySegment.NULL,
                        to,
                        MemorySegment.NULL,
                        atMost,
                        SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
            } catch (Throwable impossible) {
                throw new AssertionError("A call of the system does not throw", impossible);
            }
            if (moved >= 0) {
                return moved;
            }
            switch (errno()) {
                case EAGAIN -> {
                    return AGAIN;
                }
                case EINTR -> {
                    // Again at once: nothing has been moved.
                }
                default -> throw new IOException("splice failed with errno " + errno());
            }
        }
    }

    /**
     * An empty pipe, to be given back empty with {@link #giveBack} or, in any other state, with {@link #discard}.
     *
     * @throws IOException when the system has no more
     */
    Pipe take() throws IOException {
        Pipe pooled = pool.pollLast();
        if (pooled != null) {
            return pooled;
        }
        try (Arena ends = Arena.ofConfined()) {
            MemorySegment both = ends.allocate(ValueLayout.JAVA_INT, 2);
            int failed;
            try {
                failed = (int) pipe2.invokeExact(callState, both, O_CLOEXEC | O_NONBLOCK);
            } catch (Throwable impossible) {
                throw new AssertionError("A call of the system does not throw", impossible);
            }
            if (failed != 0) {
                throw new IOException("pipe2 failed with errno " + errno());
            }
            var pipe = new Pipe(both.getAtIndex(ValueLayout.JAVA_INT, 0), both.getAtIndex(ValueLayout.JAVA_INT, 1));
            try {
                // A user who has many large pipes gets no more of them; the size that there is works too, only dearer.
                var _ = (int) fcntl.invokeExact(callState, pipe.writeEnd(), F_SETPIPE_SZ, PIPE_SIZE);
            } catch (Throwable impossible) {
                throw new AssertionError("A call of the system does not throw", impossible);
            }
            return pipe;
        }
    }

    void giveBack(Pipe pipe) {
        if (pool.size() < POOLED_PIPES) {
            pool.addLast(pipe);
        } else {
            discard(pipe);
        }
    }

    void discard(Pipe pipe) {
        closeFd(pipe.readEnd());
        closeFd(pipe.writeEnd());
    }

    private void closeFd(int fd) {
        try {
            var _ = (int) close.invokeExact(callState, fd);
        } catch (Throwable impossible) {
            throw new AssertionError("A call of the system does not throw", impossible);
        }
    }

    /** Closes the pooled pipes. */
    @Override
    public void close() {
        for (Pipe pipe = pool.pollLast(); pipe != null; pipe = pool.pollLast()) {
            discard(pipe);
        }
    }
}
