package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.KickedFromServerEvent.Cause;
import infrarust.api.event.KickedFromServerEvent.Result;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Player;
import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KickTest {

    private final BlockingQueue<KickedFromServerEvent> kicks = new LinkedBlockingQueue<>();
    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void onKick(Function<KickedFromServerEvent, Result> result) {
        proxy.bus.subscribe(KickedFromServerEvent.class, event -> {
            kicks.add(event);
            event.setResult(result.apply(event));
        });
    }

    private KickedFromServerEvent kick() throws InterruptedException {
        KickedFromServerEvent event = kicks.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static void disconnect(PacketSocket server, PacketType type, String reason) throws IOException {
        ByteBuf text = Unpooled.buffer();
        TextDialect.at(server.ids().protocol()).write(text, Component.text(reason));
        server.send(type, Wire.readRest(text));
        server.socket().shutdownOutput();
    }

    private static String plain(Component text) {
        return PlainTextComponentSerializer.plainText().serialize(text);
    }

    private static String reason(ByteBuf body) {
        return body.toString(StandardCharsets.UTF_8);
    }

    private static PacketType chat(PacketIds ids) {
        return ids.has(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)
                ? PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT
                : PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY;
    }

    @Nested
    class In_the_game {

        @ParameterizedTest
        @ValueSource(ints = {4, 47, 340, 393, 573, 736, 754, 758, 759, 760, 762, 763, 764, 765, 766, 769, 775, 777})
        void a_player_may_be_sent_to_another_server(int protocol) throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (Bob bob = proxy.new Bob(protocol)) {
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                KickedFromServerEvent event = kick();
                assertThat(event.server()).isEqualTo("lobby");
                assertThat(plain(event.reason())).isEqualTo("restart");
                assertThat(event.cause()).isEqualTo(Cause.PLAY_DISCONNECT);
                assertThat(event.remainsOn()).isEmpty();
                assertThat(event.player()).isSameAs(bob.player);
                bob.goes(bob.letInto(proxy.games, 256), "x");
                bob.client.send(TwoServers.OPAQUE, (byte) 1);
                bob.server.expect(TwoServers.OPAQUE);
                assertThat(bob.player.currentServer()).contains("games");
            }
        }

        @Test
        void a_lost_connection_counts_too() throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.close();
                KickedFromServerEvent event = kick();
                assertThat(event.cause()).isEqualTo(Cause.CONNECTION_LOST);
                assertThat(plain(event.reason())).isEqualTo("lobby is gone, Bob");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                bob.playsOn();
            }
        }

        @Test
        void a_lost_connection_is_told_with_the_servers_own_message() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.close();
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("lobby is gone, Bob");
                assertThat(bob.client.isAtEnd()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 765})
        void a_plugin_may_choose_the_reason(int protocol) throws Exception {
            onKick(event -> new Result.DisconnectPlayer(Component.text("come back soon")));
            try (Bob bob = proxy.new Bob(protocol)) {
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("come back soon");
                assertThat(bob.client.isAtEnd()).isTrue();
            }
        }

        @Test
        void whoever_cannot_stay_reads_the_message_of_a_plugin_that_wanted_him_to() throws Exception {
            onKick(event -> new Result.Notify(Component.text("no place left")));
            try (Bob bob = proxy.new Bob(765)) {
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("no place left");
            }
        }

        @Test
        void a_reason_that_cannot_be_read_is_no_reason_to_stay() throws Exception {
            onKick(event -> new Result.DisconnectPlayer(event.reason()));
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(PacketType.CLIENTBOUND_PLAY_DISCONNECT, (byte) 99);
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("Disconnected");
            }
        }

        @Test
        void a_chain_of_servers_that_fail_ends_with_the_last_reason_and_no_server_is_tried_twice() throws Exception {
            onKick(event -> new Result.Redirect(
                    switch (event.server()) {
                        case "lobby" -> "games";
                        case "games" -> "arena";
                        default -> "games";
                    }));
            try (Bob bob = proxy.new Bob(765)) {
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"games is full\"}"));
                TwoServers.accept(proxy.arena, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"arena is full\"}"));
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("arena is full");
                assertThat(kick().server()).isEqualTo("lobby");
                assertThat(kick().cause()).isEqualTo(Cause.LOGIN_REFUSED);
                assertThat(kick().server()).isEqualTo("arena");
                assertThat(kicks).isEmpty();
            }
        }

        @Test
        void a_redirect_to_where_the_player_may_not_go_ends_with_the_reason() throws Exception {
            onKick(event -> new Result.Redirect("elsewhere"));
            try (Bob bob = proxy.new Bob(765)) {
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("restart");
            }
        }
    }

    @Nested
    class A_player_who_has_left {

        @Test
        void is_not_kicked_any_more_when_its_server_ends_too() throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (Bob bob = proxy.new Bob(765)) {
                // The proxy closes such a connection itself, before it hears that the client is gone.
                bob.client.sendRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
                assertThat(bob.server.isAtEnd()).isTrue();
                bob.server.close();
                TwoServers.settle(bob.player);
                assertThat(kicks).isEmpty();
            }
        }
    }

    @Nested
    class What_the_player_has_said {

        @Test
        void is_not_told_to_a_server_that_has_been_lost_meanwhile() throws Exception {
            var thinking = new CountDownLatch(1);
            var asked = new CountDownLatch(1);
            proxy.bus.subscribe(ChatMessageEvent.class, event -> {
                asked.countDown();
                thinking.await();
            });
            onKick(event -> new Result.Redirect("games"));
            try (Bob bob = proxy.new Bob(340)) {
                ByteBuf message = Unpooled.buffer();
                Wire.writeString(message, "hello");
                bob.client.send(PacketType.SERVERBOUND_PLAY_CHAT_LEGACY, Wire.readRest(message));
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                ByteBuf text = Unpooled.buffer();
                TextDialect.at(340).write(text, Component.text("restart"));
                bob.server.send(PacketType.CLIENTBOUND_PLAY_DISCONNECT, Wire.readRest(text));
                TwoServers.settle(bob.player);
                thinking.countDown();
                assertThat(kick().server()).isEqualTo("lobby");
                assertThat(bob.server.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class In_the_configuration {

        private PacketSocket client;
        private PacketSocket lobby;

        private void enter(int protocol) throws IOException {
            client = proxy.dial(protocol);
            lobby = TwoServers.accept(proxy.lobby, client.ids());
            TwoServers.welcome(lobby, -1);
            client.expect(LoginSuccess.LAYOUT);
        }

        @ParameterizedTest
        @ValueSource(ints = {764, 765, 766, 777})
        void a_player_who_has_seen_no_registries_goes_on_to_another_server(int protocol) throws Exception {
            onKick(event -> new Result.Redirect("games"));
            enter(protocol);
            disconnect(lobby, PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT, "not here");
            assertThat(kick().cause()).isEqualTo(Cause.CONFIGURATION_DISCONNECT);
            var games = TwoServers.accept(proxy.games, client.ids());
            TwoServers.welcome(games, -1);
            games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
            // The acknowledgement of the first login is the proxy's to keep, and so is what the first server had asked.
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            byte[] brand = {
                15, 'm', 'i', 'n', 'e', 'c', 'r', 'a', 'f', 't', ':', 'b', 'r', 'a', 'n', 'd', 3, 'b', 'o', 'b'
            };
            client.send(PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE, brand);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_PONG, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE, new byte[8]);
            byte[] ping = Wire.readRest(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_PING));
            client.send(PacketType.SERVERBOUND_CONFIGURATION_PONG, ping);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
            assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE)))
                    .isEqualTo(brand);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE, new byte[8]);
            games.expect(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE);
        }

        @Test
        void a_client_that_does_not_know_the_ping_goes_on_a_little_later() throws Exception {
            Player player = isAskedWithAPing();
            proxy.pass(Interlude.ANSWER, player);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        }

        @Test
        void a_client_that_goes_to_and_fro_instead_of_answering_gains_no_time() throws Exception {
            Player player = isAskedWithAPing();
            proxy.pass(Interlude.ANSWER.minusSeconds(1), player);
            client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
            TwoServers.settle(player);
            proxy.pass(Duration.ofSeconds(1), player);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        }

        /** The first server is lost in the configuration, and the next one has begun it. */
        private Player isAskedWithAPing() throws Exception {
            proxy.close();
            proxy = TwoServers.withoutTime(Duration.ofMinutes(10));
            onKick(event -> new Result.Redirect("games"));
            enter(765);
            Player player = proxy.joined.poll(10, TimeUnit.SECONDS);
            assertThat(player).isNotNull();
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            lobby.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            disconnect(lobby, PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT, "not here");
            var games = TwoServers.accept(proxy.games, client.ids());
            TwoServers.welcome(games, -1);
            games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_PING);
            return player;
        }

        @Test
        void a_player_who_has_seen_registries_cannot_see_others_and_reads_the_reason() throws Exception {
            onKick(event -> new Result.Redirect("games"));
            enter(766);
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            lobby.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[100]);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
            disconnect(lobby, PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT, "not here");
            assertThat(reason(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                    .contains("not here");
        }

        @Test
        void of_a_server_that_the_player_was_switching_to_the_wish_has_failed() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                disconnect(games, PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT, "too late");
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("too late");
                assertThat(TwoServers.result(wish)).isInstanceOf(ConnectionResult.Failed.class);
            }
        }
    }

    @Nested
    class While_switching {

        @Test
        void a_refusal_is_told_to_plugins_and_the_player_stays() throws Exception {
            onKick(event -> new Result.Notify(Component.text("games says no")));
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                assertThat(TwoServers.result(wish)).isInstanceOf(ConnectionResult.Failed.class);
                assertThat(kick().remainsOn()).contains("lobby");
                assertThat(reason(bob.until(chat(bob.ids)))).contains("games says no");
                bob.playsOn();
            }
        }

        @Test
        void a_refusal_may_lead_to_another_server() throws Exception {
            onKick(event -> new Result.Redirect("arena"));
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                bob.goes(bob.letInto(proxy.arena, -1), "x");
                bob.playsOn();
            }
        }

        @Test
        void a_kick_by_the_old_server_is_survived_when_the_new_one_takes_the_player() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "afk");
                bob.server.isAtEnd();
                TwoServers.welcome(games, -1);
                games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                bob.goes(games, "x");
                assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
            }
        }

        @Test
        void a_kick_by_the_old_server_counts_when_the_new_one_does_not_take_the_player() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                var games = TwoServers.accept(proxy.games, bob.ids);
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "afk");
                bob.server.isAtEnd();
                games.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("afk");
            }
        }
    }

    @Nested
    class Decisions_that_overlap {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void do_not_throw_a_player_out_who_is_on_its_way_already(boolean redirected) throws Exception {
            var thinking = new CountDownLatch(1);
            onKick(event -> {
                if (event.server().equals("games")) {
                    awaits(thinking);
                    return new Result.Redirect("arena");
                }
                return redirected ? new Result.Redirect("games") : new Result.Stay();
            });
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                TwoServers.accept(proxy.games, bob.ids)
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                assertThat(TwoServers.result(wish)).isInstanceOf(ConnectionResult.Failed.class);
                assertThat(kick().remainsOn()).contains("lobby");
                // Nothing is under way while the plugin thinks, so this is a decision of its own, behind that one.
                disconnect(bob.server, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "restart");
                bob.server.isAtEnd();
                thinking.countDown();
                assertThat(kick().server()).isEqualTo("lobby");
                TwoServers.settle(bob.player);
                bob.goes(bob.letInto(proxy.arena, -1), "x");
                bob.playsOn();
                assertThat(bob.player.currentServer()).contains("arena");
            }
        }

        private static void awaits(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class A_chain_of_servers {

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 763})
        void of_which_one_fails_before_its_world_still_ends_in_a_respawn(int protocol) throws Exception {
            onKick(event -> new Result.Redirect("arena"));
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(TwoServers.OPAQUE);
                disconnect(games, PacketType.CLIENTBOUND_PLAY_DISCONNECT, "broken");
                assertThat(kick().server()).isEqualTo("games");
                bob.goes(bob.letInto(proxy.arena, -1), "arena:world");
                if (protocol < ProtocolVersion.V1_16) {
                    assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN)))
                            .isEqualTo(JoinGames.elsewhere(protocol));
                }
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_RESPAWN)))
                        .isEqualTo(JoinGames.respawn(protocol, "arena:world"));
                bob.playsOn();
            }
        }
    }

    @Nested
    class At_the_first_server {

        @ParameterizedTest
        @ValueSource(ints = {5, 340, 765})
        void a_refusal_may_lead_to_another_server(int protocol) throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (var client = proxy.dial(protocol)) {
                TwoServers.accept(proxy.lobby, client.ids())
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                var games = TwoServers.accept(proxy.games, client.ids());
                assertThat(plain(kick().reason())).isEqualTo("full");
                TwoServers.welcome(games, -1);
                client.expect(LoginSuccess.LAYOUT);
                assertThat(proxy.joined.poll(10, TimeUnit.SECONDS).currentServer())
                        .contains("games");
            }
        }

        @Test
        void what_it_has_asked_is_not_answered_to_the_other_server() throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (var client = proxy.dial(765)) {
                var lobby = TwoServers.accept(proxy.lobby, client.ids());
                lobby.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(0, "test:lobby", new byte[1]));
                lobby.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                var games = TwoServers.accept(proxy.games, client.ids());
                games.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(0, "test:games", new byte[2]));
                for (byte answer = 1; answer <= 2; answer++) {
                    client.expect(LoginPluginRequest.LAYOUT);
                    client.send(
                            LoginPluginResponse.LAYOUT, new LoginPluginResponse(0, Optional.of(new byte[] {answer})));
                }
                assertThat(games.expect(LoginPluginResponse.LAYOUT).content().orElseThrow())
                        .containsExactly(2);
            }
        }

        @Test
        void a_server_that_is_down_may_be_replaced() throws Exception {
            proxy.lobby.close();
            onKick(event -> new Result.Redirect("games"));
            try (var client = proxy.dial(765)) {
                var games = TwoServers.accept(proxy.games, client.ids());
                assertThat(kick().cause()).isEqualTo(Cause.UNREACHABLE);
                TwoServers.welcome(games, 256);
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                client.expect(LoginSuccess.LAYOUT);
            }
        }

        @Test
        void nobody_reaches_the_last_reason_of_a_chain_that_ends() throws Exception {
            onKick(event -> new Result.Redirect("games"));
            try (var client = proxy.dial(765)) {
                TwoServers.accept(proxy.lobby, client.ids())
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full\"}"));
                TwoServers.accept(proxy.games, client.ids())
                        .send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"full too\"}"));
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("full too");
            }
        }

        @Test
        void a_plugin_chooses_it() throws Exception {
            proxy.bus.subscribe(PlayerChooseInitialServerEvent.class, event -> {
                assertThat(event.initialServer()).isEqualTo("lobby");
                event.setResult(new PlayerChooseInitialServerEvent.Result.Redirect("arena"));
            });
            try (var client = proxy.dial(765)) {
                TwoServers.welcome(TwoServers.accept(proxy.arena, client.ids()), -1);
                client.expect(LoginSuccess.LAYOUT);
                assertThat(proxy.joined.poll(10, TimeUnit.SECONDS).currentServer())
                        .contains("arena");
            }
        }

        @Test
        void a_plugin_denies_it_with_a_reason() throws Exception {
            proxy.bus.subscribe(ServerPreConnectEvent.class, event -> {
                assertThat(event.cause()).isEqualTo(ServerPreConnectEvent.Cause.INITIAL);
                event.setResult(new ServerPreConnectEvent.Result.Denied(Component.text("closed today")));
            });
            try (var client = proxy.dial(765)) {
                assertThat(client.expect(LoginDisconnect.LAYOUT).json()).contains("closed today");
            }
        }
    }

    @Nested
    class The_door_of_a_server {

        @Test
        void that_verifies_accounts_is_not_passed_by_an_unverified_player() throws Exception {
            proxy.close();
            proxy = new TwoServers(
                    OptionalInt.empty(),
                    server -> server.build().id().equals("games") ? server.proxyMode(ProxyMode.CLIENT_ONLY) : server);
            try (Bob bob = proxy.new Bob(765)) {
                assertThat(SwitchTest.plain(TwoServers.result(bob.player.connect("games"))))
                        .contains("verified accounts");
            }
        }

        @Test
        void that_does_not_take_the_players_address_is_not_passed() throws Exception {
            proxy.close();
            var refuses = new IpFilter(AddressSet.empty(), AddressSet.of(List.of(Cidr.parse("127.0.0.0/8"))));
            proxy = new TwoServers(
                    OptionalInt.empty(),
                    server -> server.build().id().equals("games") ? server.ipFilter(refuses) : server);
            try (Bob bob = proxy.new Bob(765)) {
                assertThat(SwitchTest.plain(TwoServers.result(bob.player.connect("games"))))
                        .contains("from your address");
            }
        }

        private static ServerConfig.Builder withoutNetwork(ServerConfig.Builder server) {
            ServerConfig with = server.build();
            return ServerConfig.builder(with.id()).backends(with.backends()).proxyMode(with.proxyMode());
        }

        @Test
        void in_no_network_is_not_passed() throws Exception {
            proxy.close();
            proxy = new TwoServers(OptionalInt.empty(), server -> withoutNetwork(server));
            try (Bob bob = proxy.new Bob(765)) {
                assertThat(SwitchTest.plain(TwoServers.result(bob.player.connect("games"))))
                        .contains("not of the same network");
            }
        }
    }

    @Nested
    class The_same_account_again {

        @Test
        void sends_the_older_one_away_before_a_server_hears_of_the_newer_one() throws Exception {
            var left = new LinkedBlockingQueue<DisconnectEvent>();
            proxy.bus.subscribe(DisconnectEvent.class, left::add);
            try (Bob older = proxy.new Bob(765);
                    var newer = proxy.dial(765)) {
                assertThat(reason(older.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                        .contains("another location");
                assertThat(older.server.isAtEnd()).isTrue();
                older.client.close();
                var server = TwoServers.accept(proxy.lobby, newer.ids());
                assertThat(left.poll(10, TimeUnit.SECONDS).player()).isSameAs(older.player);
                TwoServers.welcome(server, -1);
                newer.expect(LoginSuccess.LAYOUT);
                var player = proxy.joined.poll(10, TimeUnit.SECONDS);
                assertThat(proxy.players.all()).containsExactly(player);
            }
        }

        @Test
        void does_not_wait_for_a_client_that_has_gone_without_a_word() throws Exception {
            try (Bob ghost = proxy.new Bob(765);
                    var newer = proxy.dial(765)) {
                // The ghost neither reads nor closes.
                TwoServers.welcome(TwoServers.accept(proxy.lobby, newer.ids()), -1);
                newer.expect(LoginSuccess.LAYOUT);
                assertThat(ghost.player.isConnected()).isFalse();
            }
        }
    }
}
