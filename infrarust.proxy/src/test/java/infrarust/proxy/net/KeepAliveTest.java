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
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepAliveTest {

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void reaches_the_socket(Transport transport) throws Exception {
        var probes = new KeepAlive(Duration.ofSeconds(77), Duration.ofSeconds(7), 5);
        try (var network = Network.start(transport, 1, probes);
                var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = network.connector()
                    .connect(
                            network.nextLoop(),
                            (InetSocketAddress) listening.getLocalSocketAddress(),
                            Duration.ofSeconds(5),
                            new ChannelInboundHandlerAdapter())
                    .get();
            var config = channel.config();
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
            channel.close().sync();
        }
    }
}
