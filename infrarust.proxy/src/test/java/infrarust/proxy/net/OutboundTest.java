package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboundTest {

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "NIO"})
    void what_a_peer_does_not_take_is_kept_in_a_buffer_of_its_size_and_arrives_when_it_does(Transport transport)
            throws Exception {
        int chunks = 40;
        try (var network = Network.start(transport, 1, KeepAlive.defaults());
                var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = network.connector()
                    .connect(
                            network.nextLoop(),
                            (InetSocketAddress) listening.getLocalSocketAddress(),
                            Duration.ofSeconds(5),
                            new ChannelInboundHandlerAdapter())
                    .get();
            try (Socket stalled = listening.accept()) {
                var scope = network.scope(channel.eventLoop());
                var out = CompletableFuture.supplyAsync(() -> new Outbound(channel, scope), channel.eventLoop())
                        .get();
                int written = 0;
                boolean writable = true;
                for (int i = 0; i < chunks && writable; i++) {
                    int chunk = i;
                    writable = CompletableFuture.supplyAsync(
                                    () -> {
                                        ByteBuf read = channel.config()
                                                .<RecvByteBufAllocator>getRecvByteBufAllocator()
                                                .newHandle()
                                                .allocate(channel.alloc());
                                        assertThat(read.capacity()).isEqualTo(ReceiveBuffer.SHARED);
                                        for (int k = 0; k < ReceiveBuffer.SHARED; k++) {
                                            read.writeByte(k * 7 + chunk);
                                        }
                                        out.write(read);
                                        boolean more = out.flush();
                                        assertThat(scope.receiveBuffer().isPinned())
                                                .isFalse();
                                        return more;
                                    },
                                    channel.eventLoop())
                            .get();
                    written++;
                }
                assertThat(writable).as("the peer has stopped taking").isFalse();
                byte[] arrived = new byte[ReceiveBuffer.SHARED];
                var in = new DataInputStream(stalled.getInputStream());
                for (int i = 0; i < written; i++) {
                    in.readFully(arrived);
                    for (int k = 0; k < arrived.length; k++) {
                        if (arrived[k] != (byte) (k * 7 + i)) {
                            throw new AssertionError("Byte " + k + " of chunk " + i);
                        }
                    }
                }
                channel.close().syncUninterruptibly();
            }
        }
    }
}
