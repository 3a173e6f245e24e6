package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayTest {

    private static final int MUCH = 600_000;

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void who_has_ended_while_the_other_did_not_read_can_still_be_written_to(Transport transport) throws Exception {
        try (var network = Network.start(transport, 1, KeepAlive.defaults());
                var listening = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            listening.setReceiveBufferSize(4096);
            Channel one = connect(network, listening);
            try (Socket ends = accept(listening)) {
                Channel two = connect(network, listening);
                two.config().setOption(ChannelOption.SO_SNDBUF, 4096);
                try (Socket reads = accept(listening)) {
                    one.eventLoop().submit(() -> relay(network, one, two)).get();
                    ends.getOutputStream().write(new byte[MUCH]);
                    ends.shutdownOutput();
                    while (one.config().isAutoRead()) {
                        Thread.onSpinWait();
                    }
                    assertThat(reads.getInputStream().readAllBytes()).hasSize(MUCH);
                    reads.getOutputStream().write(7);
                    assertThat(ends.getInputStream().read()).isEqualTo(7);
                }
            }
        }
    }

    private static void relay(Network network, Channel one, Channel two) {
        var scope = network.scope(one.eventLoop());
        one.pipeline().addLast(Relay.to(two, scope));
        two.pipeline().addLast(Relay.to(one, scope));
    }

    private static Channel connect(Network network, ServerSocket listening) throws Exception {
        return network.connector()
                .connect(
                        network.nextLoop(),
                        (InetSocketAddress) listening.getLocalSocketAddress(),
                        Duration.ofSeconds(5),
                        new ChannelInboundHandlerAdapter())
                .get();
    }

    private static Socket accept(ServerSocket listening) throws IOException {
        Socket socket = listening.accept();
        socket.setSoTimeout(10_000);
        return socket;
    }
}
