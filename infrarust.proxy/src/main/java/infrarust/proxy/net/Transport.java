package infrarust.proxy.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.net.ExtendedSocketOptions;

/** How the operating system is asked for bytes. */
public enum Transport {
    /** Linux epoll: the default where there is one, because it needed the least CPU per packet and per join. */
    EPOLL,
    /** Linux io_uring: only when asked for. Receive buffers cannot be shared there, since a read owns its buffer while it waits. */
    IO_URING,
    /** The JDK's own selector: everywhere. */
    NIO;

    /** The system property that names a transport: {@code epoll}, {@code io_uring} or {@code nio}. */
    public static final String PROPERTY = "infrarust.transport";

    /** The best one that works here: epoll, else NIO. */
    public static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    /**
     * The one of that name, or the {@link #best} when none is named.
     *
     * @throws IllegalArgumentException when there is none of that name, or it does not work here; the message says why
     */
    public static Transport named(Optional<String> name) {
        if (name.isEmpty()) {
            return best();
        }
        Transport wanted = Arrays.stream(values())
                .filter(transport -> transport.toString().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no transport \"" + name.get()
                        + "\"; the property " + PROPERTY + " may be "
                        + Arrays.stream(values()).map(Transport::toString).collect(Collectors.joining(", "))));
        wanted.unavailability().ifPresent(cause -> {
            throw new IllegalArgumentException(
                    "The transport " + wanted + " does not work here: " + cause.getMessage(), cause);
        });
        return wanted;
    }

    /** Whether it works on this machine. */
    public boolean isAvailable() {
        return unavailability().isEmpty();
    }

    private Optional<Throwable> unavailability() {
        return switch (this) {
            case EPOLL -> Optional.ofNullable(Epoll.unavailabilityCause());
            case IO_URING -> Optional.ofNullable(IoUring.unavailabilityCause());
            case NIO -> Optional.empty();
        };
    }

    /** Whether all channels of a loop may read into one buffer: only where a read is over when the call returns. */
    boolean sharesReceiveBuffer() {
        return this != IO_URING;
    }

    IoHandlerFactory ioHandlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case IO_URING -> IoUringIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    ServerChannel newServerChannel() {
        return switch (this) {
            case EPOLL -> new EpollServerSocketChannel();
            case IO_URING -> new IoUringServerSocketChannel();
            case NIO -> new NioServerSocketChannel();
        };
    }

    /** A channel that can connect to that address. */
    SocketChannel newSocketChannel(InetSocketAddress to) {
        return switch (this) {
            // A socket of the address's own family saves what one of both families needs: the mapping, and a call to
            // allow it.
            case EPOLL ->
                to.getAddress() instanceof Inet4Address
                        ? new EpollSocketChannel(SocketProtocolFamily.INET)
                        : new EpollSocketChannel();
            case IO_URING -> new IoUringSocketChannel();
            case NIO -> new NioSocketChannel();
        };
    }

    /** Sets when the system probes a silent connection; where it cannot be told, its own times hold. */
    void keepAlive(Channel channel, KeepAlive probes) {
        switch (this) {
            case EPOLL ->
                keepAlive(
                        channel,
                        probes,
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT);
            case IO_URING ->
                keepAlive(
                        channel,
                        probes,
                        IoUringChannelOption.TCP_KEEPIDLE,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        IoUringChannelOption.TCP_KEEPCNT);
            case NIO ->
                keepAlive(
                        channel,
                        probes,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
        }
    }

    /**
     * Lets every connection that this channel accepts begin with those probes, where the system passes them on and Netty can
     * set them on a listening socket: four system calls less for each connection.
     *
     * @return whether it does; if not, each accepted channel needs {@link #keepAlive}
     */
    boolean keepAliveOfAccepted(ServerChannel server, KeepAlive probes) {
        if (this != EPOLL) {
            return false;
        }
        var config = server.config();
        return config.setOption(LinuxOptions.KEEPALIVE, 1)
                && config.setOption(
                        LinuxOptions.IDLE, Math.toIntExact(probes.idle().toSeconds()))
                && config.setOption(
                        LinuxOptions.INTERVAL, Math.toIntExact(probes.interval().toSeconds()))
                && config.setOption(LinuxOptions.COUNT, probes.probes());
    }

    /** Netty names these for connections only; the numbers are those of {@code asm-generic/socket.h} and {@code linux/tcp.h}. */
    private static final class LinuxOptions {
        private static final int SOL_SOCKET = 1;
        private static final int IPPROTO_TCP = 6;
        static final ChannelOption<Integer> KEEPALIVE = new IntegerUnixChannelOption("SO_KEEPALIVE", SOL_SOCKET, 9);
        static final ChannelOption<Integer> IDLE = new IntegerUnixChannelOption("TCP_KEEPIDLE", IPPROTO_TCP, 4);
        static final ChannelOption<Integer> INTERVAL = new IntegerUnixChannelOption("TCP_KEEPINTVL", IPPROTO_TCP, 5);
        static final ChannelOption<Integer> COUNT = new IntegerUnixChannelOption("TCP_KEEPCNT", IPPROTO_TCP, 6);
    }

    /**
     * Closes a channel at once. Only its loop may call it.
     *
     * <p>With epoll the descriptor goes first: closing it takes it out of the epoll set, so that Netty need neither ask for its
     * linger time nor take it out itself, which fails, with an exception and its stack, for each connection that was half closed.
     */
    static void close(Channel channel) {
        if (channel instanceof EpollSocketChannel epoll) {
            release(epoll.fd());
        }
        var _ = channel.close();
    }

    /** Gives a descriptor back to the system, once. */
    static void release(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException alreadyGone) {
            // The system has taken it back all the same.
        }
    }

    private static void keepAlive(
            Channel channel,
            KeepAlive probes,
            ChannelOption<Integer> idle,
            ChannelOption<Integer> interval,
            ChannelOption<Integer> count) {
        var config = channel.config();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.setOption(idle, Math.toIntExact(probes.idle().toSeconds()));
        config.setOption(interval, Math.toIntExact(probes.interval().toSeconds()));
        config.setOption(count, probes.probes());
    }

    /** As the property spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
