package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * As {@link Relay}, but the bytes stay in the kernel. Both channels leave their loop, which then watches the two descriptors
 * itself; a direction holds a pipe only while bytes are in it. For the loop's thread only.
 */
final class SpliceRelay {

    private static final int EPOLL_ERROR_OR_HANG_UP = 0x08 | 0x10;

    /**
     * No event but errors, which are always told. Not {@link EpollIoOps#NONE}: Netty takes a descriptor with that out of the
     * loop while its registration stays valid, and asking for events again then fails without a word.
     */
    private static final EpollIoOps NOTHING = EpollIoOps.EPOLLERR;

    private final Splice splice;
    private final IoEventLoop loop;
    private final Side one;
    private final Side two;

    private final Deadlines deadlines;
    private final Relay.Watch watch;

    private SpliceRelay(
            Splice splice, Deadlines deadlines, IoEventLoop loop, Channel one, Channel two, Relay.Watch watch) {
        this.splice = splice;
        this.deadlines = deadlines;
        this.loop = loop;
        this.watch = watch;
        this.one = new Side(one);
        this.two = new Side(two);
        this.one.other = this.two;
        this.two.other = this.one;
    }

    /**
     * Takes both channels over. Nothing may be queued in either, and neither may be read any more.
     *
     * @param loop of both channels, which can move bytes in the kernel
     * @param watch until when they may stand still
     */
    static void begin(LoopScope scope, IoEventLoop loop, Channel one, Channel two, Relay.Watch watch) {
        var relay = new SpliceRelay(scope.splice().orElseThrow(), scope.deadlines(), loop, one, two, watch);
        var _ = one.deregister().addListener(first -> {
            var _ = two.deregister().addListener(second -> {
                if (first.isSuccess() && second.isSuccess() && one.isOpen() && two.isOpen()) {
                    relay.one.watch();
                    relay.two.watch();
                    relay.one.keepWatch();
                    relay.two.keepWatch();
                } else {
                    relay.close();
                }
            });
        });
    }

    private void close() {
        one.stop();
        two.stop();
    }

    /** One descriptor, and the direction that reads from it. */
    private final class Side implements EpollIoHandle, Vigil.Peer {

        private final Channel channel;
        private final Socket socket;
        private @Nullable Side other;
        private @Nullable IoRegistration registration;
        private EpollIoOps watched = NOTHING;
        private Splice.@Nullable Pipe pipe;
        private long inPipe;
        private long drained;
        private @Nullable Vigil vigil;
        private boolean blocked;
        private boolean ended;
        private boolean finished;
        private boolean stopped;

        Side(Channel channel) {
            this.channel = channel;
            this.socket = (Socket) ((UnixChannel) channel).fd();
        }

        void keepWatch() {
            if (!stopped) {
                vigil = Vigil.over(this, watch.patience(), deadlines, fault -> {
                    watch.found().accept(opposite().channel, fault);
                    SpliceRelay.this.close();
                });
            }
        }

        @Override
        public long received() {
            return drained + opposite().drained;
        }

        @Override
        public boolean isHeard() {
            return inPipe == 0 && opposite().inPipe == 0;
        }

        @Override
        public long waiting() {
            return inPipe;
        }

        @Override
        public long taken() {
            return drained;
        }

        @Override
        public FileDescriptor fd() {
            return socket;
        }

        /** Registers, or asks for other events, as the state of both directions wants it. */
        void watch() {
            if (stopped) {
                return;
            }
            Side writer = opposite();
            EpollIoOps wanted = NOTHING;
            if (!ended && !blocked) {
                wanted = wanted.with(EpollIoOps.EPOLLIN);
            }
            if (writer.blocked) {
                wanted = wanted.with(EpollIoOps.EPOLLOUT);
            }
            IoRegistration current = registration;
            if (current == null) {
                if (wanted.value() != NOTHING.value()) {
                    register(wanted);
                }
            } else if (wanted.value() != watched.value()) {
                watched = wanted;
                current.submit(wanted);
            }
        }

        private void register(EpollIoOps wanted) {
            watched = wanted;
            // On its own thread the loop registers before it returns.
            Future<IoRegistration> done = loop.register(this);
            if (done.isSuccess()) {
                registration = done.getNow();
                done.getNow().submit(wanted);
            } else {
                SpliceRelay.this.close();
            }
        }

        private Side opposite() {
            Side side = other;
            if (side == null) {
                throw new IllegalStateException("A side without the other");
            }
            return side;
        }

        @Override
        public void handle(IoRegistration source, IoEvent event) {
            EpollIoOps ops = ((EpollIoEvent) event).ops();
            if (stopped) {
                return;
            }
            try {
                if (ops.contains(EpollIoOps.EPOLLOUT)) {
                    opposite().drain();
                }
                boolean broken = (ops.value() & EPOLL_ERROR_OR_HANG_UP) != 0;
                if (!ended && !blocked && (ops.contains(EpollIoOps.EPOLLIN) || broken)) {
                    fill();
                } else if (broken && watched.value() == NOTHING.value()) {
                    // The event would come again and again, and there is nothing to be done about it before the other
                    // side moves.
                    unwatch();
                }
                finishWhenBothHaveEnded();
                watch();
                opposite().watch();
            } catch (IOException | NotYetConnectedException broken) {
                // A connection that broke is how many end, and nothing to write a line about.
                SpliceRelay.this.close();
            }
        }

        /** From this socket into the pipe, and on. */
        private void fill() throws IOException {
            Splice.Pipe under = pipe;
            if (under == null) {
                under = splice.take();
                pipe = under;
            }
            long moved = splice.move(socket.intValue(), under.writeEnd(), Splice.PIPE_SIZE);
            if (moved > 0) {
                inPipe += moved;
            } else if (moved == 0) {
                ended = true;
            }
            drain();
        }

        /** From the pipe into the other socket; what it does not take waits in the pipe, and this side is not read. */
        private void drain() throws IOException {
            Splice.Pipe under = pipe;
            blocked = false;
            while (under != null && inPipe > 0) {
                long moved = splice.move(under.readEnd(), opposite().socket.intValue(), inPipe);
                if (moved == Splice.AGAIN) {
                    blocked = true;
                    return;
                }
                inPipe -= moved;
                drained += moved;
            }
            if (under != null) {
                pipe = null;
                splice.giveBack(under);
            }
            if (ended && !finished) {
                finished = true;
                opposite().socket.shutdown(false, true);
            }
        }

        private void finishWhenBothHaveEnded() {
            if (finished && opposite().finished) {
                SpliceRelay.this.close();
            }
        }

        private void unwatch() {
            IoRegistration current = registration;
            if (current != null) {
                registration = null;
                watched = NOTHING;
                current.cancel();
            }
        }

        void stop() {
            if (stopped) {
                return;
            }
            stopped = true;
            Transport.release(socket); // before it is unwatched: closing takes it out of the epoll set
            unwatch();
            if (vigil != null) {
                vigil.stop();
            }
            Splice.Pipe under = pipe;
            if (under != null) {
                pipe = null;
                if (inPipe == 0) {
                    splice.giveBack(under);
                } else {
                    splice.discard(under);
                }
            }
            var _ = channel.close();
        }

        /** The loop ends. */
        @Override
        public void close() {
            SpliceRelay.this.close();
        }
    }
}
