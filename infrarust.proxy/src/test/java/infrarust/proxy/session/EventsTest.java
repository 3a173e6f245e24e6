package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.api.event.Event;
import infrarust.api.event.GameProfileRequestEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.LoginEvent;
import infrarust.api.event.LoginPluginRequestEvent;
import infrarust.api.event.LoginPluginResponseEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.api.player.ProfileProperty;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.session.TwoServers.Bob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events are fired for a player whose protocol the proxy speaks, and in which order. */
class EventsTest {

    private static final int NEWEST = 777;
    private static final String[] LET_IN = {
        "handshake LOGIN", "pre-login Bob", "game-profile-request false", "login false", "post-login"
    };
    private static final String[] INTO_LOBBY = {
        "choose-initial-server lobby",
        "server-pre-connect lobby INITIAL",
        "server-connected lobby",
        "server-post-connect lobby"
    };

    private TwoServers proxy;
    private HeardEvents heard;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
        heard = new HeardEvents(proxy.bus);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static void until(PacketSocket client, PacketType type) throws IOException {
        while (Wire.readVarInt(client.readPacket()) != client.ids().id(type)) {
            // something else
        }
    }

    private static void entersTheVoid(PacketSocket client) throws IOException {
        until(client, PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        client.send(KnownPacks.SERVERBOUND, client.expect(KnownPacks.CLIENTBOUND));
        until(client, PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
        client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
        until(client, PacketType.CLIENTBOUND_PLAY_UPDATE_HEALTH);
    }

    @Nested
    class A_player {

        @ParameterizedTest
        @ValueSource(ints = {4, 47, 340, 763, 765, NEWEST})
        void joins_and_leaves(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                bob.client.close();
                heard.expect("disconnect CLIENT_QUIT on lobby");
            }
            heard.expectNothingElse();
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 763, 765, NEWEST})
        void goes_to_another_server(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                heard.expect(
                        "server-pre-connect games SWITCH",
                        "server-connected games from lobby",
                        "server-post-connect games from lobby");
                bob.player.disconnect(Component.text("enough"));
                heard.expect("disconnect KICKED on games");
            }
            heard.expectNothingElse();
        }

        @Test
        void is_kicked_by_its_server() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                bob.server.close();
                heard.expect("kicked-from-server lobby CONNECTION_LOST", "disconnect BACKEND_CLOSED on lobby");
            }
            heard.expectNothingElse();
        }

        @Test
        void is_sent_to_another_server_instead() throws Exception {
            proxy.bus.subscribe(
                    KickedFromServerEvent.class,
                    event -> event.setResult(new KickedFromServerEvent.Result.Redirect("games")));
            try (Bob bob = proxy.new Bob(NEWEST)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                bob.server.close();
                bob.goes(bob.letInto(proxy.games, -1), "x");
                heard.expect(
                        "kicked-from-server lobby CONNECTION_LOST",
                        "server-pre-connect games KICK_REDIRECT",
                        "server-connected games from lobby",
                        "server-post-connect games from lobby");
            }
        }

        @Test
        void sends_what_is_not_the_protocol() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                bob.client.sendRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
                heard.expect("disconnect ERROR on lobby");
            }
        }

        @Test
        void leaves_because_the_proxy_stops() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                heard.expect(LET_IN);
                heard.expect(INTO_LOBBY);
                proxy.players.close();
                bob.player.disconnect(Component.text("stopping"));
                heard.expect("disconnect SHUTDOWN on lobby");
            }
        }

        @Test
        void is_listed_from_post_login_on_and_may_be_sent_away_before_it_has_a_server() throws Exception {
            try (var client = proxy.dial(765);
                    var server = TwoServers.accept(proxy.lobby, client.ids())) {
                heard.expect(LET_IN);
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                assertThat(proxy.players.all()).containsExactly(player);
                assertThat(player.currentServer()).isEmpty();
                player.disconnect(Component.text("not today"));
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("not today");
                assertThat(server.isAtEnd()).isTrue();
                heard.expect("choose-initial-server lobby", "server-pre-connect lobby INITIAL", "disconnect KICKED");
            }
        }

        @Test
        void whose_first_server_is_away_is_told_so() throws Exception {
            proxy.lobby.close();
            try (var client = proxy.dial(765)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("lobby is gone, Bob");
                heard.expect(LET_IN);
                heard.expect(
                        "choose-initial-server lobby",
                        "server-pre-connect lobby INITIAL",
                        "kicked-from-server lobby UNREACHABLE");
                // One is posted and one is the player's own: their order is nobody's business.
                heard.expectInAnyOrder("rejected SERVER_UNAVAILABLE", "disconnect BACKEND_CLOSED");
            }
        }
    }

    @Nested
    class A_player_in_the_limbo {

        private PacketSocket client;
        private Player player;

        @BeforeEach
        void enter() throws Exception {
            proxy.bus.subscribe(
                    PlayerChooseInitialServerEvent.class,
                    event -> event.setResult(new PlayerChooseInitialServerEvent.Result.SendToLimbo()));
            client = proxy.dial(NEWEST);
            client.threshold(client.expect(SetCompression.LAYOUT).threshold());
            client.expect(LoginSuccess.LAYOUT);
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            entersTheVoid(client);
            player = proxy.joined.poll(10, TimeUnit.SECONDS);
            heard.expect(LET_IN);
            heard.expect("choose-initial-server lobby", "limbo-enter");
        }

        @AfterEach
        void leave() throws IOException {
            client.close();
        }

        @Test
        void leaves() throws Exception {
            client.close();
            heard.expect("limbo-exit DISCONNECTED", "disconnect CLIENT_QUIT");
        }

        @Test
        void is_kicked() throws Exception {
            player.disconnect(Component.text("enough"));
            heard.expect("limbo-exit KICKED", "disconnect KICKED");
        }

        @Test
        void is_sent_away_because_the_proxy_stops() throws Exception {
            proxy.players.close();
            player.disconnect(Component.text("stopping"));
            heard.expect("limbo-exit SHUTDOWN", "disconnect SHUTDOWN");
        }

        @Test
        void goes_to_a_server_and_comes_back() throws Exception {
            var wish = player.connect("games");
            var games = TwoServers.accept(proxy.games, client.ids());
            TwoServers.welcome(games, 256);
            games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
            until(client, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            games.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(NEWEST, "games"));
            until(client, PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
            assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            heard.expect(
                    "server-pre-connect games LIMBO_EXIT",
                    "limbo-exit REDIRECTED to games",
                    "server-connected games",
                    "server-post-connect games");

            player.connect(ServerConfig.LIMBO_ID);
            until(client, PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
            entersTheVoid(client);
            heard.expect("limbo-enter from games");
        }
    }

    /** Where a plugin may say no, and what has been fired by then. */
    enum Door {
        HANDSHAKE(ConnectionHandshakeEvent.class, 1, true),
        PRE_LOGIN(PreLoginEvent.class, 2, true),
        PROFILE(GameProfileRequestEvent.class, 3, true),
        LOGIN(LoginEvent.class, 4, true),
        CHOICE(PlayerChooseInitialServerEvent.class, 6, false),
        PRE_CONNECT(ServerPreConnectEvent.class, 7, false);

        private final Class<? extends Event> type;
        private final int fired;
        private final boolean rejects;

        Door(Class<? extends Event> type, int fired, boolean rejects) {
            this.type = type;
            this.fired = fired;
            this.rejects = rejects;
        }

        void close(TwoServers proxy) {
            proxy.bus.subscribe(type, event -> {
                Component reason = Component.text("closed for you");
                switch ((Event) event) {
                    case ConnectionHandshakeEvent one ->
                        one.setResult(new ConnectionHandshakeEvent.Result.Deny(reason));
                    case PreLoginEvent one -> one.deny(reason);
                    case GameProfileRequestEvent one ->
                        one.setResult(new GameProfileRequestEvent.Result.Denied(reason));
                    case LoginEvent one -> one.deny(reason);
                    case PlayerChooseInitialServerEvent one ->
                        one.setResult(new PlayerChooseInitialServerEvent.Result.Denied(reason));
                    case ServerPreConnectEvent one -> one.setResult(new ServerPreConnectEvent.Result.Denied(reason));
                    default -> throw new AssertionError(event);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whoever_is_refused_reads_why_and_nothing_later_is_fired(Door door) throws Exception {
        door.close(proxy);
        try (var client = proxy.dial(765)) {
            assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("closed for you");
            assertThat(client.isAtEnd()).isTrue();
        }
        String[] all = {
            "handshake LOGIN",
            "pre-login Bob",
            "game-profile-request false",
            "login false",
            "post-login",
            "choose-initial-server lobby",
            "server-pre-connect lobby INITIAL"
        };
        heard.expect(List.of(all).subList(0, door.fired).toArray(String[]::new));
        heard.expect(door.rejects ? "rejected PLUGIN" : "disconnect KICKED");
        heard.expectNothingElse();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (proxy.players.count() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait(); // it leaves the list when the listeners have returned
        }
        assertThat(proxy.players.count()).isZero();
    }

    @Nested
    class A_question_of_a_server_during_the_login {

        private final LinkedBlockingQueue<LoginPluginRequestEvent> asked = new LinkedBlockingQueue<>();

        private void onQuestion(LoginPluginRequestEvent.Result result) {
            proxy.bus.subscribe(LoginPluginRequestEvent.class, event -> {
                asked.add(event);
                event.setResult(result);
            });
        }

        private LoginPluginRequestEvent question() throws InterruptedException {
            LoginPluginRequestEvent event = asked.poll(10, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        @Test
        void may_be_answered_by_a_plugin() throws Exception {
            onQuestion(new LoginPluginRequestEvent.Result.Respond(Optional.of(new byte[] {7})));
            try (var client = proxy.dial(765);
                    var server = TwoServers.accept(proxy.lobby, client.ids())) {
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(3, "mod:hello", new byte[] {1, 2}));
                LoginPluginResponse answer = server.expect(LoginPluginResponse.LAYOUT);
                assertThat(answer.id()).isEqualTo(3);
                assertThat(answer.content().orElseThrow()).containsExactly(7);
                LoginPluginRequestEvent event = question();
                assertThat(event.server()).isEqualTo("lobby");
                assertThat(event.channel()).isEqualTo("mod:hello");
                assertThat(event.data()).containsExactly(1, 2);
                assertThat(event.isClientReachable()).isTrue();
                TwoServers.welcome(server, -1);
                client.expect(LoginSuccess.LAYOUT);
            }
        }

        @Test
        void may_be_changed_and_so_may_the_answer() throws Exception {
            onQuestion(new LoginPluginRequestEvent.Result.Replace(new byte[] {5, 5}));
            proxy.bus.subscribe(LoginPluginResponseEvent.class, event -> {
                assertThat(event.channel()).isEqualTo("mod:hello");
                assertThat(event.data().orElseThrow()).containsExactly(6);
                event.setResult(new LoginPluginResponseEvent.Result.Replace(Optional.of(new byte[] {8})));
            });
            try (var client = proxy.dial(765);
                    var server = TwoServers.accept(proxy.lobby, client.ids())) {
                server.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(3, "mod:hello", new byte[] {1, 2}));
                LoginPluginRequest shown = client.expect(LoginPluginRequest.LAYOUT);
                assertThat(shown.content()).containsExactly(5, 5);
                client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(3, Optional.of(new byte[] {6})));
                assertThat(server.expect(LoginPluginResponse.LAYOUT).content().orElseThrow())
                        .containsExactly(8);
                TwoServers.welcome(server, -1);
                client.expect(LoginSuccess.LAYOUT);
            }
        }

        @Test
        void passes_as_it_is_and_in_order_when_a_plugin_only_looks() throws Exception {
            onQuestion(new LoginPluginRequestEvent.Result.Forward());
            proxy.bus.subscribe(LoginPluginResponseEvent.class, event -> {});
            try (var client = proxy.dial(765);
                    var server = TwoServers.accept(proxy.lobby, client.ids())) {
                for (int id = 0; id < 5; id++) {
                    server.send(
                            LoginPluginRequest.LAYOUT, new LoginPluginRequest(id, "mod:hello", new byte[] {(byte) id}));
                }
                for (int id = 0; id < 5; id++) {
                    assertThat(client.expect(LoginPluginRequest.LAYOUT).content())
                            .containsExactly(id);
                    client.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(id, Optional.empty()));
                }
                for (int id = 0; id < 5; id++) {
                    assertThat(server.expect(LoginPluginResponse.LAYOUT))
                            .isEqualTo(new LoginPluginResponse(id, Optional.empty()));
                }
            }
        }

        @Test
        void of_another_server_can_only_be_answered_by_a_plugin() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                onQuestion(new LoginPluginRequestEvent.Result.Respond(Optional.of(new byte[] {7})));
                bob.player.connect("games");
                try (var games = TwoServers.accept(proxy.games, bob.ids)) {
                    games.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(3, "mod:hello", new byte[] {1}));
                    assertThat(games.expect(LoginPluginResponse.LAYOUT)
                                    .content()
                                    .orElseThrow())
                            .containsExactly(7);
                    assertThat(question().isClientReachable()).isFalse();
                }
            }
        }
    }

    @Nested
    class A_profile_that_a_plugin_gives {

        private final GameProfile given = new GameProfile(
                new UUID(1, 2), "Robert", List.of(new ProfileProperty("textures", "e30=", Optional.of("c2ln"))));

        private void give() {
            proxy.bus.subscribe(GameProfileRequestEvent.class, event -> event.use(given));
        }

        @Test
        void is_the_players_and_what_the_server_hears() throws Exception {
            give();
            try (var client = proxy.dial(765);
                    var server = new PacketSocket(proxy.lobby.accept(), client.ids())) {
                server.expect(Handshake.LAYOUT);
                LoginStart start = server.expect(LoginStart.LAYOUT);
                assertThat(start.name()).isEqualTo("Robert");
                assertThat(start.uuid()).contains(given.uuid());
                Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
                assertThat(player.profile()).isEqualTo(given);
                assertThat(proxy.players.byUuid(given.uuid())).contains(player);
                assertThat(proxy.players.byUuid(OfflineProfile.uuid("Bob"))).isEmpty();
            }
        }

        @Test
        void is_what_the_forwarding_tells() throws Exception {
            proxy.close();
            proxy = new TwoServers(OptionalInt.empty(), server -> server.forwardingMode(ForwardingMode.BUNGEE_CORD));
            give();
            try (var client = proxy.dial(765);
                    var server = new PacketSocket(proxy.lobby.accept(), client.ids())) {
                assertThat(server.expect(Handshake.LAYOUT).host())
                        .contains(given.uuid().toString().replace("-", ""))
                        .contains("\"name\":\"textures\"");
            }
        }
    }
}
