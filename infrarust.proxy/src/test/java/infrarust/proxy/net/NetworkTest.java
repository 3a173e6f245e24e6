package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetworkTest {

    /** Otherwise a peer that resets its connection at once would be a warning in the log, for lack of anyone who minds it. */
    @Test
    void an_accepted_connection_has_its_handler_before_anything_can_happen_to_it() throws Exception {
        int connections = 50;
        BlockingQueue<Channel> active = new LinkedBlockingQueue<>();
        try (Network network = Network.start(Transport.best(), 4, KeepAlive.defaults())) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Channel listening = network.listener(
                            new ListenSettings(address, false, 0),
                            (channel, scope) -> new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelActive(ChannelHandlerContext ctx) {
                                    active.add(ctx.channel());
                                }
                            })
                    .open();
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            for (int i = 0; i < connections; i++) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    Channel heard = active.poll(10, TimeUnit.SECONDS);
                    assertThat(heard).as("connection %d", i).isNotNull();
                    assertThat(((InetSocketAddress) heard.remoteAddress()).getPort())
                            .isEqualTo(socket.getLocalPort());
                }
            }
        }
    }
}
