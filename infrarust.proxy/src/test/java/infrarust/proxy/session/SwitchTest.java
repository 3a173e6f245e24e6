package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.Plugin;
import infrarust.api.command.CommandSpec;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.Timeouts;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.text.TextDialect;
import infrarust.proxy.session.TwoServers.Bob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchTest {

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void restart(OptionalInt threshold) throws IOException {
        proxy.close();
        proxy = new TwoServers(threshold, server -> server);
    }

    static IntStream protocols() {
        return TwoServers.PACKETS.versions().stream().mapToInt(ProtocolVersion::number);
    }

    static String plain(ConnectionResult result) {
        Component reason = switch (result) {
            case ConnectionResult.Denied denied -> denied.reason();
            case ConnectionResult.Failed failed -> failed.reason();
            default -> throw new AssertionError(result);
        };
        return PlainTextComponentSerializer.plainText().serialize(reason);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void every_version_goes_to_another_server_and_back(int protocol) throws Exception {
        var arrivals = new LinkedBlockingQueue<ServerPostConnectEvent>();
        proxy.bus.subscribe(ServerPostConnectEvent.class, arrivals::add);
        try (Bob bob = proxy.new Bob(protocol)) {
            assertThat(arrivals.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new ServerPostConnectEvent(bob.player, "lobby", Optional.empty()));
            var lobby = bob.server;

            CompletionStage<ConnectionResult> wish = bob.player.connect("games");
            var games = bob.letInto(proxy.games, -1);
            bob.playsOn();
            bob.goes(games, "games:world");
            if (!TwoServers.configures(bob.ids)) {
                if (protocol < ProtocolVersion.V1_16) {
                    assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN)))
                            .isEqualTo(JoinGames.elsewhere(protocol));
                }
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN)))
                        .isEqualTo(JoinGames.respawn(protocol, "games:world"));
            }
            bob.playsOn();
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            assertThat(bob.player.currentServer()).contains("games");
            assertThat(proxy.players.onServer("games")).containsExactly(bob.player);
            assertThat(arrivals.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new ServerPostConnectEvent(bob.player, "games", Optional.of("lobby")));
            assertThat(lobby.isAtEnd()).isTrue();

            wish = bob.player.connect("lobby");
            bob.goes(bob.letInto(proxy.lobby, -1), "lobby:again");
            if (!TwoServers.configures(bob.ids)) {
                bob.until(PacketType.CLIENTBOUND_PLAY_RESPAWN);
                if (protocol < ProtocolVersion.V1_16) {
                    bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN);
                }
            }
            bob.playsOn();
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("lobby"));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,256", "256,-1", "256,256", "64,512", "512,64", "0,256"})
    void servers_with_any_thresholds_follow_each_other(int first, int second) throws Exception {
        for (int protocol : new int[] {47, 340, 763, 765, 777}) {
            try (Bob bob = proxy.new Bob(protocol, first)) {
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, second), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
                if (!TwoServers.configures(bob.ids)) {
                    bob.until(PacketType.CLIENTBOUND_PLAY_RESPAWN);
                    if (protocol < ProtocolVersion.V1_16) {
                        bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN);
                    }
                }
                bob.playsOn();
            }
        }
    }

    @Test
    void the_thresholds_of_client_and_servers_are_three_different_ones() throws Exception {
        restart(OptionalInt.of(128));
        try (Bob bob = proxy.new Bob(765, 128)) {
            bob.player.connect("games");
            bob.goes(bob.letInto(proxy.games, 300), "x");
            bob.playsOn();
        }
    }

    @Nested
    class A_configuration_that_has_changed_meanwhile {

        @Test
        void leads_to_servers_that_are_new() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                proxy.reconfigure();
                var wish = bob.player.connect("fresh");
                bob.goes(bob.letInto(proxy.arena, -1), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("fresh"));
                bob.playsOn();
            }
        }

        @Test
        void leads_to_none_that_is_gone() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                proxy.reconfigure();
                assertThat(plain(TwoServers.result(bob.player.connect("games"))))
                        .isEqualTo("There is no server \"games\".");
                bob.playsOn();
            }
        }

        @Test
        void leaves_players_on_a_server_that_is_gone() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                TwoServers.result(wish);
                proxy.reconfigure();
                bob.playsOn();
                wish = bob.player.connect("lobby");
                bob.goes(bob.letInto(proxy.lobby, -1), "y");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("lobby"));
            }
        }
    }

    @Nested
    class What_is_under_way {

        @Test
        void of_the_old_world_is_dropped_until_the_client_has_acknowledged() throws Exception {
            try (Bob bob = proxy.new Bob(765, 256)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, 256);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                // The old server goes on, and so does the client: nothing of it may arrive anywhere.
                bob.server.send(TwoServers.OPAQUE, new byte[5000]);
                bob.client.send(TwoServers.OPAQUE, new byte[5000]);
                bob.client.send(PacketType.SERVERBOUND_PLAY_KEEP_ALIVE, new byte[8]);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                bob.client.send(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE, new byte[8]);
                games.expect(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE);
            }
        }

        @Test
        void cut_in_the_middle_of_a_frame_does_not_get_to_the_new_server() throws Exception {
            for (int protocol : new int[] {340, 763, 765}) {
                try (Bob bob = proxy.new Bob(protocol)) {
                    byte[] frame = bob.client.frame(packet(new byte[300]));
                    bob.client.sendRaw(Arrays.copyOf(frame, 100));
                    bob.player.connect("games");
                    var games = bob.letInto(proxy.games, -1);
                    if (TwoServers.configures(bob.ids)) {
                        games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                        bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                    } else {
                        games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(protocol, "x"));
                        bob.server.readAtLeast(90);
                    }
                    bob.client.sendRaw(Arrays.copyOfRange(frame, 100, frame.length));
                    if (TwoServers.configures(bob.ids)) {
                        bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                        bob.client.send(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE, new byte[8]);
                        games.expect(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE);
                    } else {
                        bob.until(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                        bob.client.send(TwoServers.OPAQUE, (byte) 5);
                        games.expect(TwoServers.OPAQUE);
                    }
                }
            }
        }

        @Test
        void of_the_old_server_ends_before_the_client_is_touched() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                byte[] frame = bob.server.frame(packet(new byte[Link.LONGEST_WHOLE]));
                bob.server.sendRaw(Arrays.copyOf(frame, 100));
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.server.sendRaw(Arrays.copyOfRange(frame, 100, frame.length));
                bob.client.expect(TwoServers.OPAQUE);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
            }
        }

        @Test
        void of_the_old_server_and_has_not_begun_to_pass_is_dropped() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                byte[] frame = bob.server.frame(packet(new byte[300]));
                bob.server.sendRaw(Arrays.copyOf(frame, 100));
                bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                bob.playsOn();
            }
        }

        @Test
        void as_an_open_bundle_is_closed() throws Exception {
            try (Bob bob = proxy.new Bob(766)) {
                bob.server.send(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
            }
        }

        @Test
        void is_closed_before_the_player_is_told_to_go() throws Exception {
            try (Bob bob = proxy.new Bob(766)) {
                bob.server.send(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.player.disconnect(Component.text("enough"));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT);
            }
        }

        @Test
        void of_the_proxys_chat_and_completions_waits_until_the_client_can_show_it() throws Exception {
            proxy.commands.of("tester").register(CommandSpec.of("hello"), invocation -> Plugin.done());
            try (Bob bob = proxy.new Bob(765)) {
                byte[] frame = bob.server.frame(packet(new byte[Link.LONGEST_WHOLE + 1]));
                bob.server.sendRaw(Arrays.copyOf(frame, 100));
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                TwoServers.settle(bob.player);
                // What is said now waits for the end of the frame, behind the way into the configuration.
                bob.player.sendMessage(Component.text("too early"));
                ByteBuf question = Unpooled.buffer();
                Wire.writeVarInt(question, 9);
                Wire.writeString(question, "/hello a");
                bob.client.send(PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST, Wire.readRest(question));
                TwoServers.settle(bob.player);
                bob.server.sendRaw(Arrays.copyOfRange(frame, 100, frame.length));
                bob.client.expect(TwoServers.OPAQUE);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                bob.configure(games);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(765, "x"));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                assertThat(bob.client
                                .expect(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("too early");
            }
        }

        private static ByteBuf packet(byte[] body) {
            ByteBuf packet = Unpooled.buffer();
            Wire.writeVarInt(packet, TwoServers.OPAQUE);
            return packet.writeBytes(body);
        }
    }

    @Nested
    class Keep_alives {

        @Test
        void of_the_old_server_are_answered_until_the_new_one_has_the_player() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                bob.letInto(proxy.games, -1);
                bob.server.send(KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(5));
                assertThat(bob.client.expect(KeepAlive.PLAY_CLIENTBOUND).id()).isEqualTo(5);
                bob.client.send(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(5));
                assertThat(bob.server.expect(KeepAlive.PLAY_SERVERBOUND).id()).isEqualTo(5);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 340, 393, 578, 754, 763})
        void that_the_new_server_has_not_asked_do_not_reach_it(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                bob.client.send(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(5));
                bob.server.send(KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(6));
                bob.until(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE);
                bob.client.send(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(6));
                bob.client.send(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(6));
                bob.client.send(TwoServers.OPAQUE);
                assertThat(bob.server.expect(KeepAlive.PLAY_SERVERBOUND).id()).isEqualTo(6);
                bob.server.expect(TwoServers.OPAQUE);
            }
        }
    }

    @Nested
    class A_login_at_the_new_server {

        @Test
        void answers_questions_of_mods_with_nothing_and_the_client_hears_nothing_of_it() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                games.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(3, "fml:handshake", new byte[] {1}));
                assertThat(games.expect(LoginPluginResponse.LAYOUT))
                        .isEqualTo(new LoginPluginResponse(3, Optional.empty()));
                games.send(
                        LoginSuccess.LAYOUT,
                        new LoginSuccess(TwoServers.BACKENDS_OWN, "Bob", List.of(), TwoServers.BACKENDS_OWN));
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                bob.goes(games, "x");
                bob.playsOn();
                assertThat(TwoServers.result(wish)).isInstanceOf(ConnectionResult.Connected.class);
            }
        }

        @Test
        void that_is_refused_leaves_the_player_where_it_is_and_says_why() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                games.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full up\"}"));
                assertThat(plain(TwoServers.result(wish))).isEqualTo("full up");
                bob.playsOn();
                assertThat(bob.player.currentServer()).contains("lobby");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {763, 765})
        void that_ends_with_the_first_frame_leaves_the_player_where_it_is(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                ByteBuf text = Unpooled.buffer();
                TextDialect.at(protocol).write(text, Component.text("not you"));
                games.send(
                        TwoServers.configures(bob.ids)
                                ? PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT
                                : PacketType.CLIENTBOUND_PLAY_DISCONNECT,
                        Wire.readRest(text));
                assertThat(plain(TwoServers.result(wish))).isEqualTo("not you");
                bob.playsOn();
            }
        }

        @Test
        void that_gets_no_answer_ends_in_time() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids);
                assertThat(plain(TwoServers.result(wish))).isEqualTo("games is gone, Bob");
                bob.playsOn();
            }
        }

        @Test
        void that_wants_encryption_is_explained() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                var wish = bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(PacketType.CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST, new byte[100]);
                assertThat(plain(TwoServers.result(wish))).contains("verify your account itself");
                bob.playsOn();
            }
        }

        @Test
        void ends_when_the_player_leaves() throws Exception {
            CompletionStage<ConnectionResult> wish;
            PacketSocket games;
            try (Bob bob = proxy.new Bob(765)) {
                wish = bob.player.connect("games");
                games = TwoServers.accept(proxy.games, bob.ids);
            }
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
            assertThat(games.isAtEnd()).isTrue();
        }

        @Test
        void is_not_disturbed_by_a_second_wish() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                assertThat(TwoServers.result(bob.player.connect("arena"))).isEqualTo(new ConnectionResult.Cancelled());
                bob.goes(games, "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }

        @Test
        void at_a_server_that_is_down_leaves_the_player_where_it_is() throws Exception {
            proxy.games.close();
            try (Bob bob = proxy.new Bob(765)) {
                assertThat(plain(TwoServers.result(bob.player.connect("games"))))
                        .isEqualTo("games is gone, Bob");
                bob.playsOn();
            }
        }

        @Test
        void goes_on_when_the_old_server_is_lost_meanwhile() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                bob.server.close();
                bob.goes(games, "x");
                bob.playsOn();
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }
    }

    @Nested
    class Time {

        @BeforeEach
        void haveServersThatTakeTheirTime() throws IOException {
            proxy.close();
            var patient = new Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofMinutes(10));
            proxy = new TwoServers(OptionalInt.empty(), server -> server.timeouts(patient));
        }

        @Test
        void to_acknowledge_begins_when_the_client_is_asked_to() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                proxy.pass(Switch.WHOLE.minusSeconds(1), bob.player);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                proxy.pass(Interlude.ACKNOWLEDGE.minusSeconds(1), bob.player);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                bob.configure(games);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }

        @Test
        void ends_for_a_client_that_does_not_acknowledge() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                bob.letInto(proxy.games, -1).send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                proxy.pass(Interlude.ACKNOWLEDGE, bob.player);
                assertThat(bob.client
                                .expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("took too long");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
            }
        }

        @Test
        void does_not_leave_a_wish_open_when_the_new_world_never_begins() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                proxy.pass(Switch.WHOLE, bob.player);
                assertThat(plain(TwoServers.result(wish))).contains("its world is taking too long");
                // The player is the server's all the same: who downloads a resource pack needs more than that.
                bob.configure(games);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                bob.server.close();
                bob.server = games;
                bob.playsOn();
                assertThat(TwoServers.result(bob.player.connect("games")))
                        .isEqualTo(new ConnectionResult.AlreadyConnected());
            }
        }

        @Test
        void ends_for_a_server_that_lets_the_player_in_and_says_nothing_more() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                bob.letInto(proxy.games, -1);
                proxy.pass(Switch.WHOLE, bob.player);
                assertThat(plain(TwoServers.result(wish))).contains("took too long");
                bob.playsOn();
            }
        }
    }

    @Nested
    class A_client_with_Forge_of_the_years_before_1_13 {

        private List<byte[]> messagesBefore(Bob bob, int opaque) throws IOException {
            List<byte[]> messages = new ArrayList<>();
            while (true) {
                ByteBuf packet = bob.client.readPacket();
                int id = Wire.readVarInt(packet);
                if (id == opaque) {
                    return messages;
                }
                if (id == bob.ids.id(PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE)) {
                    messages.add(Wire.readRest(packet));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 5, 47, 340})
        void begins_its_handshake_anew_before_the_new_server_says_anything(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol, -1, "play.example.org\0FML\0")) {
                bob.player.connect("games");
                bob.letInto(proxy.games, -1).send(TwoServers.OPAQUE);
                String length = protocol < ProtocolVersion.V1_8 ? "0002" : "";
                assertThat(messagesBefore(bob, TwoServers.OPAQUE))
                        .containsExactly(HexFormat.of().parseHex("06464d4c7c4853" + length + "fe00"));
            }
        }

        @Test
        void is_not_told_again_before_it_has_agreed_with_a_server() throws Exception {
            byte[] complete = HexFormat.of().parseHex("06464d4c7c4853ff05");
            try (Bob bob = proxy.new Bob(340, -1, "play.example.org\0FML\0")) {
                for (int agreed = 0; agreed < 2; agreed++) {
                    goes(bob, "games", proxy.games);
                    assertThat(messagesBefore(bob, TwoServers.OPAQUE)).hasSize(1);
                    // That server has no Forge, and does not greet the client.
                    goes(bob, "arena", proxy.arena);
                    assertThat(messagesBefore(bob, TwoServers.OPAQUE)).isEmpty();
                    bob.client.send(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, complete);
                    bob.server.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);
                }
            }
        }

        private void goes(Bob bob, String id, ServerSocket listening) throws Exception {
            var wish = bob.player.connect(id);
            PacketSocket next = bob.letInto(listening, -1);
            next.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(340, id));
            next.send(TwoServers.OPAQUE);
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected(id));
            bob.server = next;
        }

        @Test
        void is_one_that_says_so() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                bob.player.connect("games");
                bob.letInto(proxy.games, -1).send(TwoServers.OPAQUE);
                assertThat(messagesBefore(bob, TwoServers.OPAQUE)).isEmpty();
            }
        }
    }

    @Nested
    class A_server_that_is_told_who_the_player_is {

        @Test
        void hears_what_the_client_has_said_since_its_login() throws Exception {
            byte[] settings = {5, 'e', 'n', '_', 'u', 's', 12};
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, settings);
                bob.server.expect(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION)))
                        .isEqualTo(settings);
            }
        }

        private void forward(ForwardingMode mode) throws IOException {
            proxy.close();
            proxy = new TwoServers(
                    OptionalInt.empty(),
                    server -> server.build().id().equals("games") ? server.forwardingMode(mode) : server);
        }

        @Test
        void in_the_answer_to_its_question_takes_the_player() throws Exception {
            forward(ForwardingMode.VELOCITY);
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                games.send(
                        LoginPluginRequest.LAYOUT, new LoginPluginRequest(1, "velocity:player_info", new byte[] {4}));
                byte[] answer =
                        games.expect(LoginPluginResponse.LAYOUT).content().orElseThrow();
                assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("127.0.0.1", "Bob");
                TwoServers.welcome(games, -1);
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                bob.goes(games, "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }

        @Test
        void but_does_not_ask_does_not_get_the_player() throws Exception {
            forward(ForwardingMode.VELOCITY);
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                TwoServers.welcome(TwoServers.accept(proxy.games, bob.ids), -1);
                assertThat(plain(TwoServers.result(wish))).contains("does not ask the proxy who you are");
                bob.playsOn();
            }
        }

        @Test
        void in_the_handshake_reads_it_there() throws Exception {
            forward(ForwardingMode.BUNGEE_CORD);
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                try (var games = new PacketSocket(proxy.games.accept(), bob.ids)) {
                    ByteBuf handshake = games.expect(PacketType.SERVERBOUND_HANDSHAKE_INTENTION);
                    Wire.readVarInt(handshake);
                    assertThat(Wire.readString(handshake, Wire.MAX_STRING).split("\0"))
                            .startsWith("play.example.org", "127.0.0.1");
                }
            }
        }
    }

    @Nested
    class A_wish {

        @ParameterizedTest
        @CsvSource({"nowhere,no server", "elsewhere,not of the same network", "void,waiting room"})
        void that_cannot_be_fulfilled_is_denied_with_a_reason(String server, String reason) throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                ConnectionResult result = TwoServers.result(bob.player.connect(server));
                assertThat(result).isInstanceOf(ConnectionResult.Denied.class);
                assertThat(plain(result)).contains(reason);
                bob.playsOn();
            }
        }

        @Test
        void to_stay_is_fulfilled_already() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                assertThat(TwoServers.result(bob.player.connect("lobby")))
                        .isEqualTo(new ConnectionResult.AlreadyConnected());
            }
        }

        @Test
        void that_comes_before_the_player_is_in_the_world_waits_for_that() throws Exception {
            var client = proxy.dial(765);
            var lobby = TwoServers.accept(proxy.lobby, client.ids());
            TwoServers.welcome(lobby, -1);
            client.expect(LoginSuccess.LAYOUT);
            var player = proxy.joined.poll(10, TimeUnit.SECONDS);
            var wish = player.connect("games");
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            var games = TwoServers.accept(proxy.games, client.ids());
            TwoServers.welcome(games, -1);
            games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
            lobby.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            lobby.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            lobby.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            lobby.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
            client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            client.close();
        }

        @Test
        void may_be_denied_by_a_plugin() throws Exception {
            var asked = new LinkedBlockingQueue<ServerPreConnectEvent>();
            try (Bob bob = proxy.new Bob(765)) {
                proxy.bus.subscribe(ServerPreConnectEvent.class, event -> {
                    asked.add(event);
                    event.setResult(new ServerPreConnectEvent.Result.Denied(Component.text("not now")));
                });
                assertThat(plain(TwoServers.result(bob.player.connect("games"))))
                        .isEqualTo("not now");
                ServerPreConnectEvent event = asked.take();
                assertThat(event.server()).isEqualTo("games");
                assertThat(event.previousServer()).contains("lobby");
                assertThat(event.cause()).isEqualTo(ServerPreConnectEvent.Cause.SWITCH);
                assertThat(event.player()).isSameAs(bob.player);
                bob.playsOn();
            }
        }

        @Test
        void may_be_led_elsewhere_by_a_plugin() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                proxy.bus.subscribe(
                        ServerPreConnectEvent.class,
                        event -> event.setResult(new ServerPreConnectEvent.Result.Redirect("arena")));
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.arena, -1), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("arena"));
            }
        }
    }

    @Nested
    class Chat {

        @ParameterizedTest
        @ValueSource(ints = {340, 763, 765})
        void waits_while_the_player_is_between_servers(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                if (TwoServers.configures(bob.ids)) {
                    games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                    bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                    bob.player.sendMessage(Component.text("on the way"));
                    bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                    bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                    bob.configure(games);
                } else {
                    games.send(TwoServers.OPAQUE);
                    bob.until(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER);
                    bob.client.expect(TwoServers.OPAQUE);
                    bob.player.sendMessage(Component.text("on the way"));
                }
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(protocol, "x"));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                PacketType chat = bob.ids.has(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)
                        ? PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT
                        : PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY;
                assertThat(bob.until(chat).toString(StandardCharsets.UTF_8)).contains("on the way");
            }
        }
    }
}
