package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepAliveTest {

    private static final KeepAlive PROBES = new KeepAlive(Duration.ofSeconds(77), Duration.ofSeconds(7), 5);

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void reaches_the_socket(Transport transport) throws Exception {
        try (var network = Network.start(transport, 1, PROBES);
                var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = network.connector()
                    .connect(
                            network.nextLoop(),
                            (InetSocketAddress) listening.getLocalSocketAddress(),
                            Duration.ofSeconds(5),
                            new ChannelInboundHandlerAdapter())
                    .get();
            assertOptions(channel, transport);
            channel.close().sync();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void reaches_the_sockets_of_clients(Transport transport) throws Exception {
        try (var network = Network.start(transport, 1, PROBES)) {
            var accepted = new CompletableFuture<Channel>();
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Channel server = network.listener(new ListenSettings(address, false, 0), (channel, scope) -> {
                        accepted.complete(channel);
                        return new ChannelInboundHandlerAdapter();
                    })
                    .open();
            try (var client = new Socket()) {
                client.connect(server.localAddress(), 5_000);
                assertOptions(accepted.get(5, TimeUnit.SECONDS), transport);
            }
        }
    }

    private static void assertOptions(Channel channel, Transport transport) {
        var config = channel.config();
        assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isTrue();
        assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        boolean epoll = transport == Transport.EPOLL;
        assertThat(config.getOption(
                        epoll
                                ? EpollChannelOption.TCP_KEEPIDLE
                                : NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
                .isEqualTo(77);
        assertThat(config.getOption(
                        epoll
                                ? EpollChannelOption.TCP_KEEPINTVL
                                : NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
                .isEqualTo(7);
        assertThat(config.getOption(
                        epoll
                                ? EpollChannelOption.TCP_KEEPCNT
                                : NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
                .isEqualTo(5);
    }
}
