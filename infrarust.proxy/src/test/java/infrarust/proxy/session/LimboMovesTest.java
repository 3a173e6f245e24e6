package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Player;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.protocol.packet.LoginCookieRequest;
import infrarust.proxy.protocol.packet.LoginCookieResponse;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.protocol.text.TextDialect;
import infrarust.proxy.session.TwoServers.Bob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between the limbo and servers, over real sockets and with the void world itself. */
class LimboMovesTest {

    private static final int NEWEST = 777;

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void kicksLeadIntoLimbo() {
        proxy.bus.subscribe(
                KickedFromServerEvent.class, event -> event.setResult(new KickedFromServerEvent.Result.SendToLimbo()));
    }

    private static void disconnect(PacketSocket server, String reason) throws IOException {
        ByteBuf text = Unpooled.buffer();
        TextDialect.at(server.ids().protocol()).write(text, Component.text(reason));
        server.send(PacketType.CLIENTBOUND_PLAY_DISCONNECT, Wire.readRest(text));
        server.socket().shutdownOutput();
    }

    private static void until(PacketSocket client, PacketType type) throws IOException {
        while (Wire.readVarInt(client.readPacket()) != client.ids().id(type)) {
            // something else
        }
    }

    /** The void world, from the beginning of the configuration. */
    private static void entersTheVoid(PacketSocket client) throws IOException {
        client.expect(PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE);
        client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        client.send(KnownPacks.SERVERBOUND, client.expect(KnownPacks.CLIENTBOUND));
        until(client, PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
        client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
        client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        until(client, PacketType.CLIENTBOUND_PLAY_UPDATE_HEALTH);
    }

    private static void leavesTheGame(PacketSocket client) throws IOException {
        client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
    }

    private static void reads(PacketSocket client, Player player, String text) throws IOException {
        player.sendMessage(Component.text(text));
        assertThat(client.expect(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT).toString(StandardCharsets.UTF_8))
                .contains(text);
    }

    @Nested
    class From_a_server {

        @ParameterizedTest
        @ValueSource(ints = {766, 769, 774, NEWEST})
        void a_kicked_player_goes_into_the_limbo_and_on_to_another_server(int protocol) throws Exception {
            var arrivals = new LinkedBlockingQueue<ServerPostConnectEvent>();
            kicksLeadIntoLimbo();
            try (Bob bob = proxy.new Bob(protocol, 256)) {
                disconnect(bob.server, "restart");
                leavesTheGame(bob.client);
                entersTheVoid(bob.client);
                reads(bob.client, bob.player, "hold on");
                assertThat(bob.player.currentServer()).isEmpty();

                proxy.bus.subscribe(ServerPostConnectEvent.class, arrivals::add);
                var wish = bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
                assertThat(arrivals.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(new ServerPostConnectEvent(bob.player, "games", Optional.empty()));
                bob.playsOn();
            }
        }

        @Test
        void a_player_goes_into_the_limbo_by_its_name_and_back() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                var wish = bob.player.connect(ServerConfig.LIMBO_ID);
                leavesTheGame(bob.client);
                entersTheVoid(bob.client);
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("$limbo"));
                assertThat(bob.server.isAtEnd()).isTrue();
                assertThat(TwoServers.result(bob.player.connect(ServerConfig.LIMBO_ID)))
                        .isEqualTo(new ConnectionResult.AlreadyConnected());

                wish = bob.player.connect("lobby");
                bob.goes(bob.letInto(proxy.lobby, 64), "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("lobby"));
                assertThat(bob.player.currentServer()).contains("lobby");
                bob.playsOn();
            }
        }

        @Test
        void a_server_without_addresses_is_the_limbo() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                var wish = bob.player.connect("void");
                leavesTheGame(bob.client);
                entersTheVoid(bob.client);
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("$limbo"));
            }
        }

        @Test
        void what_the_client_says_about_itself_in_the_limbo_is_told_to_the_next_server() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                bob.player.connect(ServerConfig.LIMBO_ID);
                leavesTheGame(bob.client);
                entersTheVoid(bob.client);
                byte[] settings = {5, 'e', 'n', '_', 'g', 'b', 2, 0, 1, 127, 1, 0, 1, 0};
                bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, settings);
                bob.client.send(TwoServers.OPAQUE);
                TwoServers.settle(bob.player);
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION)))
                        .isEqualTo(settings);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {340, 763, 765})
        void a_client_whose_version_has_no_limbo_reads_both_reasons(int protocol) throws Exception {
            kicksLeadIntoLimbo();
            try (Bob bob = proxy.new Bob(protocol)) {
                disconnect(bob.server, "restart");
                assertThat(bob.client
                                .expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("restart", "needs Minecraft 1.20.5");
            }
        }

        @Test
        void a_client_whose_server_is_lost_in_the_configuration_goes_into_the_limbo() throws Exception {
            kicksLeadIntoLimbo();
            try (var client = proxy.dial(NEWEST)) {
                var lobby = TwoServers.accept(proxy.lobby, client.ids());
                TwoServers.welcome(lobby, -1);
                client.expect(LoginSuccess.LAYOUT);
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                lobby.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                lobby.close();
                client.send(
                        PacketType.SERVERBOUND_CONFIGURATION_PONG,
                        Wire.readRest(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_PING)));
                entersTheVoid(client);
            }
        }
    }

    @Nested
    class In_the_limbo {

        @Test
        void a_player_stays_when_a_server_does_not_take_it() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                bob.player.connect(ServerConfig.LIMBO_ID);
                leavesTheGame(bob.client);
                entersTheVoid(bob.client);
                var heard = new LinkedBlockingQueue<KickedFromServerEvent>();
                proxy.bus.subscribe(KickedFromServerEvent.class, heard::add);
                var wish = bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                assertThat(SwitchTest.plain(TwoServers.result(wish))).isEqualTo("full");
                var event = heard.poll(10, TimeUnit.SECONDS);
                assertThat(event).isNotNull();
                assertThat(event.remainsOn()).contains(ServerConfig.LIMBO_ID);
                reads(bob.client, bob.player, "still here");
            }
        }

        @Test
        void a_player_whose_host_leads_there_may_go_to_a_server_of_the_same_network() throws Exception {
            proxy.close();
            proxy = new TwoServers(
                    OptionalInt.empty(),
                    server -> server.build().id().equals("lobby") ? server.backends(List.of()) : server);
            try (var client = proxy.dial(NEWEST)) {
                logsIn(client);
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                entersTheVoid(client);
                var wish = player.connect("games");
                var games = TwoServers.accept(proxy.games, client.ids());
                TwoServers.welcome(games, 256);
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                leavesTheGame(client);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                games.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
                client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
                client.send(TwoServers.OPAQUE, new byte[100_000]);
                assertThat(games.expect(TwoServers.OPAQUE).readableBytes()).isEqualTo(100_000);
                assertThat(TwoServers.result(player.connect("elsewhere"))).isInstanceOf(ConnectionResult.Denied.class);
            }
        }
    }

    @Nested
    class On_the_way_into_the_limbo {

        @Test
        void a_wish_waits_until_the_player_is_in_its_world() throws Exception {
            proxy.bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.SendToLimbo()));
            try (var client = proxy.dial(NEWEST)) {
                logsIn(client);
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                var wish = player.connect("games");
                var games = TwoServers.accept(proxy.games, client.ids());
                TwoServers.welcome(games, -1);
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                TwoServers.settle(player);
                entersTheVoid(client);
                leavesTheGame(client);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[100]);
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }

        @Test
        void a_client_that_leaves_takes_its_wish_with_it() throws Exception {
            try (Bob bob = proxy.new Bob(NEWEST)) {
                var wish = bob.player.connect(ServerConfig.LIMBO_ID);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.close();
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Cancelled());
            }
        }
    }

    /** A login that the proxy itself ends well. */
    private static void logsIn(PacketSocket client) throws IOException {
        client.threshold(client.expect(SetCompression.LAYOUT).threshold());
        client.expect(LoginSuccess.LAYOUT);
        client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
    }

    @Nested
    class Instead_of_the_first_server {

        @Test
        void a_plugin_may_choose_the_limbo() throws Exception {
            proxy.bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.SendToLimbo()));
            assertGoesIntoLimbo();
        }

        @Test
        void a_plugin_may_lead_there_by_name() throws Exception {
            proxy.bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.Redirect("$limbo")));
            assertGoesIntoLimbo();
        }

        @Test
        void a_plugin_may_send_a_player_there_on_its_way() throws Exception {
            proxy.bus.subscribe(
                    ServerPreConnectEvent.class,
                    event -> event.setResult(new ServerPreConnectEvent.Result.SendToLimbo()));
            assertGoesIntoLimbo();
        }

        @Test
        void the_limbo_takes_who_was_refused_and_lets_it_try_again() throws Exception {
            kicksLeadIntoLimbo();
            try (var client = proxy.dial(NEWEST)) {
                TwoServers.accept(proxy.lobby, client.ids())
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                logsIn(client);
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                entersTheVoid(client);
                assertThat(player.currentServer()).isEmpty();
                player.connect("lobby");
                TwoServers.welcome(TwoServers.accept(proxy.lobby, client.ids()), -1);
            }
        }

        @Test
        void what_the_server_that_refused_has_asked_may_still_be_answered() throws Exception {
            kicksLeadIntoLimbo();
            try (var client = proxy.dial(NEWEST)) {
                PacketSocket server = TwoServers.accept(proxy.lobby, client.ids());
                server.send(LoginCookieRequest.LAYOUT, new LoginCookieRequest("test:cookie"));
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(7, "test:mods", new byte[3]));
                server.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                client.expect(LoginCookieRequest.LAYOUT);
                client.expect(LoginPluginRequest.LAYOUT);
                // Answers are on their way, in the form that the client knew when it wrote them: nothing may change
                // that.
                client.expect(LoginSuccess.LAYOUT);
                client.send(LoginCookieResponse.LAYOUT, new LoginCookieResponse("test:cookie", Optional.empty()));
                client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(7, Optional.of(new byte[200_000])));
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                entersTheVoid(client);
            }
        }

        @Test
        void what_no_server_has_asked_may_not() throws Exception {
            kicksLeadIntoLimbo();
            try (var client = proxy.dial(NEWEST)) {
                TwoServers.accept(proxy.lobby, client.ids())
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                client.expect(LoginSuccess.LAYOUT);
                client.send(LoginCookieResponse.LAYOUT, new LoginCookieResponse("test:cookie", Optional.empty()));
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void a_client_whose_version_has_no_limbo_is_told_so() throws Exception {
            proxy.bus.subscribe(
                    ServerPreConnectEvent.class,
                    event -> event.setResult(new ServerPreConnectEvent.Result.SendToLimbo()));
            try (var client = proxy.dial(340)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("needs Minecraft 1.20.5");
            }
        }

        private void assertGoesIntoLimbo() throws Exception {
            try (var client = proxy.dial(NEWEST)) {
                logsIn(client);
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                entersTheVoid(client);
                reads(client, player, "hello");
                assertThat(player.currentServer()).isEmpty();
            }
        }
    }
}
