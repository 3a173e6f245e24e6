package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.session.TwoServers.Bob;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a change of servers that somebody does not go on with. Time passes only when a test says so. */
class SwitchDeadlinesTest {

    /** How long a server may be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration A_MOMENT = Duration.ofMillis(1);
    /** How often within its silence a side is looked at. */
    private static final int LOOKS = 4;

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = TwoServers.withoutTime(SILENCE);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** All but the last moment of a time passes, and nothing happens; then the last moment does. */
    private void passExactly(Duration time, CompletionStage<ConnectionResult> wish) throws Exception {
        proxy.pass(time.minus(A_MOMENT));
        assertThat(wish.toCompletableFuture()).isNotDone();
        proxy.pass(A_MOMENT);
    }

    private static String reason(ByteBuf body) {
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void asks(PacketSocket server, int question) throws IOException {
        server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(question, "fml:handshake", new byte[] {1}));
        assertThat(server.expect(LoginPluginResponse.LAYOUT).id()).isEqualTo(question);
    }

    private static void isGivenUp(PacketSocket games, CompletionStage<ConnectionResult> wish) throws Exception {
        assertThat(SwitchTest.plain(TwoServers.result(wish))).isEqualTo("games is gone, Bob");
        assertThat(games.isAtEnd()).isTrue();
    }

    /** The player is where it was, as if nothing had been wished. */
    private static void staysInTheLobby(Bob bob) throws IOException {
        bob.playsOn();
        assertThat(bob.player.currentServer()).contains("lobby");
    }

    @Nested
    class A_server {

        @ParameterizedTest
        @ValueSource(ints = {340, 763, 765})
        void that_says_nothing_to_the_login_is_given_up(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                passExactly(SILENCE, wish);
                isGivenUp(games, wish);
                staysInTheLobby(bob);
            }
        }

        @Test
        void has_the_whole_time_again_after_each_packet_of_the_login() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                proxy.pass(SILENCE.minus(A_MOMENT));
                asks(games, 1);
                passExactly(SILENCE, wish);
                isGivenUp(games, wish);
                staysInTheLobby(bob);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {340, 763, 765})
        void that_lets_the_player_in_and_says_no_more_is_given_up(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                bob.playsOn(); // behind that, the proxy knows that the player has been let in
                passExactly(SILENCE, wish);
                isGivenUp(games, wish);
                staysInTheLobby(bob);
            }
        }

        @Test
        void that_talks_without_end_does_not_let_the_player_wait_for_ever() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                Duration step = SILENCE.dividedBy(2);
                int steps = (int) Switch.WHOLE.dividedBy(step);
                for (int i = 1; i < steps; i++) {
                    proxy.pass(step);
                    asks(games, i);
                    bob.playsOn();
                }
                passExactly(step, wish);
                assertThat(SwitchTest.plain(TwoServers.result(wish))).contains("took too long to let you in");
                assertThat(games.isAtEnd()).isTrue();
                staysInTheLobby(bob);
            }
        }

        @Test
        void that_stops_in_the_configuration_ends_the_player_in_its_own_words() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = configures(bob);
                for (int look = 1; look < LOOKS; look++) {
                    proxy.pass(SILENCE.dividedBy(LOOKS));
                    heard(bob.client, games);
                }
                assertThat(wish.toCompletableFuture()).isNotDone();
                proxy.pass(SILENCE.dividedBy(LOOKS));
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("games is gone, Bob");
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(games.isAtEnd()).isTrue();
                assertThat(SwitchTest.plain(TwoServers.result(wish))).isEqualTo("games is gone, Bob");
                assertThat(proxy.refused(Refusal.SERVER_STALLED)).isOne();
            }
        }

        @Test
        void that_is_given_up_when_the_old_one_is_lost_ends_the_player_in_the_words_of_the_old_one() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                bob.server.socket().shutdownOutput();
                assertThat(bob.server.isAtEnd()).isTrue();
                passExactly(SILENCE, wish);
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("lobby is gone, Bob");
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(games.isAtEnd()).isTrue();
                assertThat(SwitchTest.plain(TwoServers.result(wish))).isEqualTo("games is gone, Bob");
            }
        }

        @Test
        void that_is_ready_and_the_old_one_does_not_end_its_frame_is_given_up() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                ByteBuf packet = Unpooled.buffer();
                Wire.writeVarInt(packet, TwoServers.OPAQUE);
                byte[] frame = bob.server.frame(packet.writeZero(Link.LONGEST_WHOLE));
                int passed = 1000;
                bob.server.sendRaw(Arrays.copyOf(frame, passed));
                bob.client.readAtLeast(passed);
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                heard(bob.client, bob.server); // behind that, the proxy knows that the new server is ready
                passExactly(Switch.WHOLE, wish);
                assertThat(SwitchTest.plain(TwoServers.result(wish))).contains("took too long to let you in");
                assertThat(games.isAtEnd()).isTrue();
                bob.server.sendRaw(Arrays.copyOfRange(frame, passed, frame.length));
                bob.client.readAtLeast(frame.length - passed);
                staysInTheLobby(bob);
            }
        }

        @Test
        void that_is_ready_before_the_old_one_has_put_the_player_into_its_world_is_given_up() throws Exception {
            try (var client = proxy.dial(765)) {
                var lobby = TwoServers.accept(proxy.lobby, client.ids());
                TwoServers.welcome(lobby, -1);
                client.expect(LoginSuccess.LAYOUT);
                var player = proxy.joined.poll(10, TimeUnit.SECONDS);
                var wish = player.connect("games");
                var games = TwoServers.accept(proxy.games, client.ids());
                TwoServers.welcome(games, -1);
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                heard(lobby, client);
                passExactly(Switch.WHOLE, wish);
                assertThat(SwitchTest.plain(TwoServers.result(wish))).contains("took too long to let you in");
                assertThat(games.isAtEnd()).isTrue();
                lobby.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, (byte) 1);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
            }
        }
    }

    @Nested
    class A_client {

        @Test
        void that_does_not_enter_the_configuration_is_told_and_ended() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                assertThat(bob.server.isAtEnd()).isTrue();
                // It plays on, as one does that holds back what it has been told.
                bob.client.send(TwoServers.OPAQUE, (byte) 1);
                passExactly(Switch.WHOLE, wish);
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("took too long to change servers");
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(games.isAtEnd()).isTrue();
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
                assertThat(proxy.refused(Refusal.TOO_SLOW)).isOne();
            }
        }

        @Test
        void that_does_not_end_a_frame_for_the_old_server_is_told_and_ended() throws Exception {
            try (Bob bob = proxy.new Bob(763)) {
                byte[] begun = {(byte) 0xAC, 2, (byte) 0x80, (byte) 0xE0, 1, 0, 0};
                bob.client.sendRaw(begun);
                bob.server.readAtLeast(begun.length);
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(763, "x"));
                assertThat(bob.server.isAtEnd()).isTrue();
                passExactly(Switch.WHOLE, wish);
                assertThat(reason(bob.until(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("took too long to change servers");
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(games.isAtEnd()).isTrue();
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
                assertThat(proxy.refused(Refusal.TOO_SLOW)).isOne();
            }
        }

        @Test
        void that_is_silent_in_the_configuration_is_told_and_ended() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = configures(bob);
                for (int look = 1; look < LOOKS; look++) {
                    proxy.pass(SILENCE.dividedBy(LOOKS));
                    heard(games, bob.client);
                }
                assertThat(wish.toCompletableFuture()).isNotDone();
                proxy.pass(SILENCE.dividedBy(LOOKS));
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("disconnect.timeout");
                assertThat(bob.client.isAtEnd()).isTrue();
                assertThat(games.isAtEnd()).isTrue();
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
                assertThat(proxy.refused(Refusal.SILENT)).isOne();
            }
        }
    }

    @Test
    void a_plugin_that_does_not_decide_is_not_waited_for_and_its_answer_comes_too_late() throws Exception {
        var decided = new CountDownLatch(1);
        var asked = new CompletableFuture<Void>();
        try (Bob bob = proxy.new Bob(765)) {
            proxy.bus.subscribe(ServerPreConnectEvent.class, event -> {
                asked.complete(null);
                try {
                    assertThat(decided.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
            });
            var wish = bob.player.connect("games");
            asked.get(10, TimeUnit.SECONDS);
            passExactly(Switch.WHOLE, wish);
            ConnectionResult result = TwoServers.result(wish);
            assertThat(result).isInstanceOf(ConnectionResult.Denied.class);
            assertThat(SwitchTest.plain(result)).contains("took too long to let you in");
            decided.countDown();
            staysInTheLobby(bob);
            // The way is free for another wish, and the first one has left nothing behind.
            proxy.bus.subscribe(
                    ServerPreConnectEvent.class,
                    event -> event.setResult(new ServerPreConnectEvent.Result.Redirect("arena")));
            bob.player.connect("games");
            bob.goes(bob.letInto(proxy.arena, -1), "x");
        }
    }

    /** Into the configuration of the new server, in whose hands the client is from there on. */
    private PacketSocket configures(Bob bob) throws IOException {
        PacketSocket games = bob.letInto(proxy.games, -1);
        games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
        bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
        bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        return games;
    }

    private static void heard(PacketSocket from, PacketSocket to) throws IOException {
        from.send(TwoServers.OPAQUE, (byte) 1);
        to.expect(TwoServers.OPAQUE);
    }
}
