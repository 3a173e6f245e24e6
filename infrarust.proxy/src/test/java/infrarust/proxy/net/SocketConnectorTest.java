package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
        value = Transport.class,
        names = {"EPOLL", "NIO"})
class SocketConnectorTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final InetAddress LIVE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.2");

    @Parameter
    Transport transport;

    private final List<AutoCloseable> open = new ArrayList<>();
    private InetAddress[] answer = {};

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private Future<Channel> connect(int port, Duration timeout) {
        Network network = keep(Network.start(transport, 1, KeepAlive.defaults()));
        var names = new NameLookup(
                host -> {
                    if (answer.length == 0) {
                        throw new UnknownHostException(host);
                    }
                    return answer;
                },
                Thread.ofVirtual()::start);
        return new SocketConnector(network, names)
                .connect(
                        network.nextLoop(),
                        InetSocketAddress.createUnresolved("game.example", port),
                        timeout,
                        new ChannelInboundHandlerAdapter());
    }

    private static InetAddress reached(Future<Channel> connecting) throws Exception {
        Channel channel = connecting.get(20, TimeUnit.SECONDS);
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    /** A socket that takes no connection and refuses none: its queue is full. */
    private void silence(InetAddress address, int port) throws IOException {
        var socket = keep(new ServerSocket(port, 1, address));
        for (int i = 0; i < 2; i++) {
            keep(new Socket(address, socket.getLocalPort()));
        }
    }

    private int listen() throws IOException {
        return keep(new ServerSocket(0, 50, LIVE)).getLocalPort();
    }

    @Nested
    class A_name_with_several_addresses {

        @Test
        void leads_to_the_first_one_that_answers() throws Exception {
            answer = new InetAddress[] {LIVE, OTHER};
            assertThat(reached(connect(listen(), LONG))).isEqualTo(LIVE);
        }

        @Test
        void leads_to_the_next_one_when_the_first_refuses() throws Exception {
            answer = new InetAddress[] {OTHER, LIVE};
            assertThat(reached(connect(listen(), LONG))).isEqualTo(LIVE);
        }

        @Test
        void leads_to_the_next_one_soon_when_the_first_is_silent() throws Exception {
            answer = new InetAddress[] {OTHER, LIVE};
            int port = listen();
            silence(OTHER, port);
            long begin = System.nanoTime();
            assertThat(reached(connect(port, LONG))).isEqualTo(LIVE);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(SocketConnector.NEXT_ADDRESS, Duration.ofSeconds(10));
        }

        @Test
        void leads_over_to_the_other_family() throws Exception {
            answer = new InetAddress[] {InetAddress.ofLiteral("::1"), LIVE};
            assertThat(reached(connect(listen(), LONG))).isEqualTo(LIVE);
        }

        @Test
        void tells_what_was_wrong_with_each() throws Exception {
            int port = listen();
            open.removeLast().close();
            answer = new InetAddress[] {OTHER, LIVE};
            Future<Channel> connecting = connect(port, LONG);
            assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("Cannot connect to 127.0.0.1:" + port + ": Connection refused")
                    .satisfies(last -> assertThat(last.getSuppressed())
                            .singleElement()
                            .satisfies(first -> assertThat(first)
                                    .hasMessage("Cannot connect to 127.0.0.2:" + port + ": Connection refused")));
        }
    }

    @Nested
    class A_name_that_is_unknown {

        @Test
        void is_the_reason() {
            Future<Channel> connecting = connect(1, LONG);
            assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessage("Cannot look up the name game.example");
        }
    }

    @Nested
    class The_timeout {

        @Test
        void holds_for_all_addresses_together() throws Exception {
            int port = listen();
            open.removeLast().close();
            silence(LIVE, port);
            silence(OTHER, port);
            answer = new InetAddress[] {OTHER, LIVE};
            Future<Channel> connecting = connect(port, Duration.ofMillis(600));
            assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessage("Cannot connect to game.example:" + port + ": no answer within 600 ms");
        }

        @Test
        void holds_for_the_look_up_too() {
            Network network = keep(Network.start(transport, 1, KeepAlive.defaults()));
            var silent = new NameLookup(host -> answer, never -> {});
            Future<Channel> connecting = new SocketConnector(network, silent)
                    .connect(
                            network.nextLoop(),
                            InetSocketAddress.createUnresolved("game.example", 1),
                            Duration.ofMillis(100),
                            new ChannelInboundHandlerAdapter());
            assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessage("Cannot connect to game.example:1: no answer within 100 ms");
        }
    }

    @Test
    void the_families_take_turns_and_the_resolvers_order_is_kept_in_each() {
        List<InetSocketAddress> found = Stream.of("::1", "::2", "::3", "1.1.1.1", "2.2.2.2")
                .map(literal -> new InetSocketAddress(InetAddress.ofLiteral(literal), 1))
                .toList();
        assertThat(SocketConnector.interleaved(found))
                .extracting(InetSocketAddress::getAddress)
                .containsExactly(
                        InetAddress.ofLiteral("::1"),
                        InetAddress.ofLiteral("1.1.1.1"),
                        InetAddress.ofLiteral("::2"),
                        InetAddress.ofLiteral("2.2.2.2"),
                        InetAddress.ofLiteral("::3"));
    }
}
