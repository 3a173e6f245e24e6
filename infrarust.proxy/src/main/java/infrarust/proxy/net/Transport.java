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
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
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

    SocketChannel newSocketChannel() {
        return switch (this) {
            case EPOLL -> new EpollSocketChannel();
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
