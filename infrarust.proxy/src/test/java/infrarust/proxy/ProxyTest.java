package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.ProxyStoppingEvent;
import infrarust.api.player.Player;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.service.FakePlayer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the whole, with real sockets on the loopback interface. */
class ProxyTest {

    @TempDir
    Path folder;

    private Proxy start() throws Exception {
        return start(new StopRequest());
    }

    private Proxy start(StopRequest stop) throws Exception {
        var request = new ConfigLoader.Request(
                Optional.empty(), Optional.of(new Address("127.0.0.1", 0)), Optional.empty(), Optional.empty());
        return Proxy.start(
                new ConfigLoader(folder).load(request),
                new Installation(Optional.empty(), Optional.empty()),
                folder,
                stop);
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
        void accepts_nobody_then_tells_plugins_then_sends_players_away_then_tells_plugins_again_then_ends()
                throws Exception {
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
                proxy.events()
                        .busOf("test")
                        .subscribe(
                                ProxyStoppingEvent.class,
                                event -> order.add("stopping event, players: "
                                        + proxy.players().count()));
                assertThat(order).isEmpty();
            }
            assertThat(order)
                    .containsExactly(
                            "stopping event, players: 1",
                            "player away, accepting: false",
                            "shutdown event, players: 0");
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

    @Nested
    class An_operator {

        private final List<String> said = new ArrayList<>();

        private void type(Proxy proxy, String name, String arguments) throws Exception {
            var console = new CommandSource() {
                @Override
                public Optional<Player> player() {
                    return Optional.empty();
                }

                @Override
                public String name() {
                    return "console";
                }

                @Override
                public void sendMessage(Component message) {
                    said.add(PlainTextComponentSerializer.plainText().serialize(message));
                }

                @Override
                public boolean hasPermission(String node) {
                    return true;
                }
            };
            proxy.operations()
                    .find(name)
                    .orElseThrow()
                    .command()
                    .execute(new CommandInvocation(console, name, arguments, List.of()));
        }

        @Test
        void sees_how_the_proxy_is() throws Exception {
            try (Proxy proxy = start()) {
                proxy.players().register(new FakePlayer(1, "Steve"));
                proxy.drain(Duration.ofMillis(50));
                type(proxy, "info", "");
                assertThat(said)
                        .anyMatch(line -> line.matches("  players +1"))
                        .anyMatch(line -> line.matches("  connections +0 open; since the start 0 connections"))
                        .anyMatch(line -> line.matches("  config +as at the start"));
            }
        }

        @Test
        void sees_what_a_changed_file_has_changed() throws Exception {
            try (Proxy proxy = start()) {
                Files.createDirectory(folder.resolve("servers"));
                Files.writeString(
                        folder.resolve("servers/games.toml"), "domains = [\"games\"]\naddresses = [\"127.0.0.1:1\"]\n");
                type(proxy, "reload", "");
                type(proxy, "status", "");
                assertThat(said)
                        .contains("Another configuration holds: added games; removed $limbo.")
                        .anyMatch(line -> line.contains("changed 1 time"));
            }
        }

        @Test
        void changes_what_pingers_see_and_how_often_they_may() throws Exception {
            Files.writeString(folder.resolve("infrarust.toml"), "[default_motd.online]\ntext = \"Before\"\n");
            try (Proxy proxy = start()) {
                assertThat(ping(proxy)).contains("Before");
                Files.writeString(folder.resolve("infrarust.toml"), """
                        [default_motd.online]
                        text = "After"
                        [rate_limit]
                        enabled = true
                        status_max = 1
                        """);
                type(proxy, "reload", "");
                assertThat(ping(proxy)).contains("After");
                assertThat(ping(proxy)).isEmpty();
                assertThat(said)
                        .containsExactly(
                                "Another configuration holds: changed rate_limit.enabled, rate_limit.status_max,"
                                        + " default_motd.online.");
            }
        }

        /** What a client before 1.7 is answered. */
        private static String ping(Proxy proxy) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.localPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(new byte[] {(byte) 0xFE, 1});
                byte[] answer = socket.getInputStream().readAllBytes();
                return answer.length == 0 ? "" : new String(answer, 1, answer.length - 1, StandardCharsets.UTF_16BE);
            }
        }

        @Test
        void stops_it_with_a_reason() throws Exception {
            var stop = new StopRequest();
            try (Proxy proxy = start(stop)) {
                type(proxy, "quit", "a new version");
                assertThat(stop.isMade()).isTrue();
                assertThat(stop.reason()).isEqualTo("a new version");
                var player = new FakePlayer(1, "Steve") {
                    @Override
                    public void disconnect(Component why) {
                        said.add(PlainTextComponentSerializer.plainText().serialize(why));
                        proxy.players().remove(this);
                    }
                };
                proxy.players().register(player);
            }
            assertThat(said).last().isEqualTo("Proxy is shutting down: a new version");
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
