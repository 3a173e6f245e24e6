package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.ProxyShutdownEvent;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.service.FakePlayer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the whole, with real sockets on the loopback interface. */
class ProxyTest {

    @TempDir
    Path folder;

    private Proxy start() throws Exception {
        var request = new ConfigLoader.Request(
                Optional.empty(), Optional.of(new Address("127.0.0.1", 0)), Optional.empty(), Optional.empty());
        return Proxy.start(
                new ConfigLoader(folder).load(request),
                new Installation(Optional.empty(), Optional.empty()),
                folder,
                new StopRequest());
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Nested
    class A_stop {

        @Test
        void accepts_nobody_then_sends_players_away_then_tells_plugins_then_ends() throws Exception {
            List<String> order = new ArrayList<>();
            AtomicReference<String> reason = new AtomicReference<>("");
            try (Proxy proxy = start()) {
                int port = proxy.localPort();
                assertThat(accepts(port)).isTrue();
                var player = new FakePlayer(1, "Steve") {
                    @Override
                    public void disconnect(Component why) {
                        reason.set(why.toString());
                        order.add("player away, accepting: " + accepts(port));
                        proxy.players().remove(this);
                    }
                };
                proxy.players().register(player);
                proxy.events()
                        .busOf("test")
                        .subscribe(
                                ProxyShutdownEvent.class,
                                event -> order.add("shutdown event, players: "
                                        + proxy.players().count()));
                assertThat(order).isEmpty();
            }
            assertThat(order).containsExactly("player away, accepting: false", "shutdown event, players: 0");
            assertThat(reason.get()).contains("Proxy is shutting down");
        }

        @Test
        void twice_is_the_same_as_once() throws Exception {
            Proxy proxy = start();
            proxy.close();
            proxy.close();
            assertThat(accepts(proxy.localPort())).isFalse();
        }

        @Test
        void goes_on_when_a_player_does_not_leave() throws Exception {
            Proxy proxy = start();
            proxy.drain(Duration.ofMillis(50));
            proxy.players().register(new FakePlayer(1, "Stubborn"));
            proxy.close();
            assertThat(accepts(proxy.localPort())).isFalse();
        }
    }

    @Test
    void a_failed_start_leaves_nothing_behind() throws Exception {
        try (Proxy first = start()) {
            var request = new ConfigLoader.Request(
                    Optional.empty(), Optional.of(first.address()), Optional.empty(), Optional.empty());
            var loaded = new ConfigLoader(folder).load(request);
            var installation = new Installation(Optional.empty(), Optional.empty());
            long loops = loopThreads();
            assertThatThrownBy(() -> Proxy.start(loaded, installation, folder, new StopRequest()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("the port is in use");
            assertThat(loopThreads()).isEqualTo(loops);
        }
    }

    private static long loopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("loop"))
                .count();
    }

    @Nested
    class The_door {

        private final OpenDoor door = new OpenDoor();
        private final List<String> seen = new ArrayList<>();

        private EmbeddedChannel arrive() {
            EmbeddedChannel channel = new EmbeddedChannel();
            channel.pipeline().addLast(door.before(channel, () -> new ChannelInboundHandlerAdapter() {
                @Override
                public void handlerAdded(ChannelHandlerContext ctx) {
                    seen.add("served");
                }
            }));
            channel.runPendingTasks();
            return channel;
        }

        @Test
        void keeps_who_arrives_early_until_it_opens() {
            EmbeddedChannel early = arrive();
            assertThat(seen).isEmpty();
            door.open();
            early.runPendingTasks();
            assertThat(seen).containsExactly("served");
            early.finishAndReleaseAll();
        }

        @Test
        void forgets_who_left_meanwhile() {
            EmbeddedChannel early = arrive();
            var _ = early.close();
            door.open();
            early.runPendingTasks();
            assertThat(seen).isEmpty();
            early.finishAndReleaseAll();
        }

        @Test
        void is_no_step_once_it_is_open() {
            door.open();
            EmbeddedChannel late = arrive();
            assertThat(seen).containsExactly("served");
            late.finishAndReleaseAll();
        }
    }
}
