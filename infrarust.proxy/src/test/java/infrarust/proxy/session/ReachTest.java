package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.PlayerChannelRegisterEvent;
import infrarust.api.event.PlayerClientBrandEvent;
import infrarust.api.event.PlayerResourcePackStatusEvent;
import infrarust.api.event.PlayerSettingsChangedEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.message.MessageChannel;
import infrarust.api.player.ClientSettings;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.CookieResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.ResourcePack;
import infrarust.api.player.ResourcePackStatus;
import infrarust.api.player.WouldDeadlockException;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.BossBarChange;
import infrarust.proxy.protocol.packet.BossBarChange.Change;
import infrarust.proxy.protocol.packet.ClearTitles;
import infrarust.proxy.protocol.packet.ClientInformation;
import infrarust.proxy.protocol.packet.CookieRequest;
import infrarust.proxy.protocol.packet.CookieResponse;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.ResourcePackOffer;
import infrarust.proxy.protocol.packet.ResourcePackRemoval;
import infrarust.proxy.protocol.packet.StoreCookie;
import infrarust.proxy.protocol.packet.TabListHeader;
import infrarust.proxy.protocol.packet.TitleText;
import infrarust.proxy.protocol.packet.TitleTimes;
import infrarust.proxy.protocol.packet.Transfer;
import infrarust.proxy.session.TwoServers.Bob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.title.Title;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugins can do to a player, and what they learn of it. */
class ReachTest {

    private static final Component HELLO = Component.text("hello", NamedTextColor.RED);
    private static final Component WORLD = Component.text("world");
    private static final UUID PACK = new UUID(5, 6);

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void moves(Bob bob) throws Exception {
        CompletionStage<ConnectionResult> wish = bob.player.connect("games");
        bob.goes(bob.letInto(proxy.games, -1), "games");
        assertThat(TwoServers.result(wish)).isEqualTo(new ConnectionResult.Connected("games"));
    }

    @Nested
    class Titles {

        @ParameterizedTest
        @ValueSource(ints = {47, 315, 340, 754, 755, 764, 765, 770, 775, 777})
        void show_with_their_times_before_their_text(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                var times = Title.Times.times(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(1));
                assertThat(bob.player.showTitle(Title.title(HELLO, WORLD, times)))
                        .isEqualTo(Delivery.ACCEPTED);

                assertThat(bob.client.expect(TitleTimes.layout(bob.ids))).isEqualTo(new TitleTimes(10, 60, 20));
                assertThat(bob.client.expect(TitleText.subtitle(bob.ids))).isEqualTo(new TitleText(WORLD));
                assertThat(bob.client.expect(TitleText.title(bob.ids))).isEqualTo(new TitleText(HELLO));

                bob.player.clearTitle();
                bob.player.resetTitle();
                assertThat(bob.client.expect(ClearTitles.layout(bob.ids))).isEqualTo(new ClearTitles(false));
                assertThat(bob.client.expect(ClearTitles.layout(bob.ids))).isEqualTo(new ClearTitles(true));
                bob.playsOn();
            }
        }

        @Test
        void without_times_keep_those_of_the_last() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                bob.player.showTitle(Title.title(HELLO, WORLD, null));

                assertThat(bob.client.expect(TitleText.SUBTITLE)).isEqualTo(new TitleText(WORLD));
            }
        }

        @Test
        void are_refused_where_there_are_none() throws Exception {
            try (var bob = proxy.new Bob(5)) {
                assertThat(bob.player.showTitle(Title.title(HELLO, WORLD))).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.clearTitle()).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.sendActionBar(HELLO)).isEqualTo(Delivery.REFUSED);
                bob.playsOn();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {764, 767, 775})
        void wait_until_the_client_is_in_the_world_of_its_next_server(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                CompletionStage<ConnectionResult> wish = bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);

                assertThat(bob.player.sendActionBar(HELLO)).isEqualTo(Delivery.ACCEPTED);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
                bob.configure(games);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(protocol, "games"));

                bob.client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                assertThat(bob.client.expect(TitleText.actionBar(bob.ids))).isEqualTo(new TitleText(HELLO));
                TwoServers.result(wish);
                games.close();
            }
        }

        @Test
        void that_wait_are_bounded() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);

                for (int i = 0; i < 256; i++) {
                    assertThat(bob.player.sendActionBar(HELLO)).isEqualTo(Delivery.ACCEPTED);
                }
                assertThat(bob.player.sendActionBar(HELLO)).isEqualTo(Delivery.REFUSED);
                games.close();
            }
        }

        @Test
        void do_nothing_to_a_player_who_has_left() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                bob.client.close();
                while (bob.player.isConnected()) {
                    Thread.onSpinWait();
                }
                assertThat(bob.player.showTitle(Title.title(HELLO, WORLD))).isEqualTo(Delivery.DISCONNECTED);
                assertThat(bob.player.showBossBar(bar())).isEqualTo(Delivery.DISCONNECTED);
                assertThat(bob.player.sendToServer(MessageChannel.of("a:b"), new byte[1]))
                        .isEqualTo(Delivery.DISCONNECTED);
            }
        }
    }

    @Nested
    class The_line_above_the_hotbar {

        @ParameterizedTest
        @ValueSource(ints = {47, 110, 210})
        void has_its_colours_in_its_text_before_1_11(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                bob.player.sendActionBar(HELLO.append(Component.text("!", NamedTextColor.BLUE)));

                assertThat(bob.client.expect(TitleText.CHAT_ACTION_BAR))
                        .isEqualTo(new TitleText(Component.text("§chello§9!")));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {315, 754, 755, 775})
        void is_text_since(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                bob.player.sendActionBar(HELLO);

                assertThat(bob.client.expect(TitleText.actionBar(bob.ids))).isEqualTo(new TitleText(HELLO));
            }
        }
    }

    private static BossBar bar() {
        return BossBar.bossBar(HELLO, 0.5f, BossBar.Color.WHITE, BossBar.Overlay.NOTCHED_20);
    }

    @Nested
    class A_boss_bar {

        private UUID shown(Bob bob, BossBar bar) throws Exception {
            BossBarChange shown = bob.client.expect(BossBarChange.LAYOUT);
            assertThat(shown.change())
                    .isEqualTo(new Change.Add(bar.name(), bar.progress(), new BossBarChange.Style(6, 4), 0));
            return shown.bar();
        }

        @ParameterizedTest
        @ValueSource(ints = {107, 340, 755, 764, 775})
        void shows_each_change(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                BossBar bar = bar();
                assertThat(bob.player.showBossBar(bar)).isEqualTo(Delivery.ACCEPTED);
                UUID id = shown(bob, bar);

                bar.name(WORLD);
                assertChanged(bob, id, new Change.Title(WORLD));
                bar.progress(0.25f);
                assertChanged(bob, id, new Change.Health(0.25f));
                bar.color(BossBar.Color.PINK);
                assertChanged(bob, id, new Change.Restyle(new BossBarChange.Style(0, 4)));
                bar.overlay(BossBar.Overlay.PROGRESS);
                assertChanged(bob, id, new Change.Restyle(new BossBarChange.Style(0, 0)));
                bar.addFlag(BossBar.Flag.CREATE_WORLD_FOG);
                assertChanged(bob, id, new Change.Flags(4));
                assertThat(bob.player.showBossBar(bar)).as("again").isEqualTo(Delivery.ACCEPTED);
                bob.player.hideBossBar(bar);
                bar.progress(1);
                assertChanged(bob, id, new Change.Remove());
                bob.playsOn();
            }
        }

        private static void assertChanged(Bob bob, UUID id, Change change) throws IOException {
            assertThat(bob.client.expect(BossBarChange.LAYOUT)).isEqualTo(new BossBarChange(id, change));
        }

        @ParameterizedTest
        @ValueSource(ints = {107, 340, 735, 763, 764, 767, 775})
        void is_there_again_on_the_next_server(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                BossBar bar = bar();
                bob.player.showBossBar(bar);
                UUID id = shown(bob, bar);

                moves(bob);

                ByteBuf packet = bob.until(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
                assertThat(BossBarChange.LAYOUT.read(packet, bob.ids))
                        .isEqualTo(
                                new BossBarChange(id, new Change.Add(HELLO, 0.5f, new BossBarChange.Style(6, 4), 0)));
                bob.playsOn();
            }
        }

        @Test
        void forgets_a_player_who_has_left() throws Exception {
            BossBar bar = bar();
            try (var bob = proxy.new Bob(767)) {
                bob.player.showBossBar(bar);
                shown(bob, bar);
                bob.client.close();
                while (bob.player.isConnected()) {
                    Thread.onSpinWait();
                }
                assertThat(bob.player.showBossBar(bar())).isEqualTo(Delivery.DISCONNECTED);
            }
            bar.progress(1); // nobody hears it, and nothing fails
        }

        @Test
        void is_refused_where_there_is_none_and_where_there_are_64() throws Exception {
            try (var bob = proxy.new Bob(47)) {
                assertThat(bob.player.showBossBar(bar())).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.hideBossBar(bar())).isEqualTo(Delivery.REFUSED);
            }
            try (var bob = proxy.new Bob(767)) {
                for (int i = 0; i < 64; i++) {
                    assertThat(bob.player.showBossBar(bar())).isEqualTo(Delivery.ACCEPTED);
                }
                assertThat(bob.player.showBossBar(bar())).isEqualTo(Delivery.REFUSED);
            }
        }
    }

    @Nested
    class Header_and_footer {

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 763, 764, 765, 775})
        void are_there_again_on_the_next_server(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                bob.player.sendPlayerListHeaderAndFooter(HELLO, WORLD);
                assertThat(bob.client.expect(TabListHeader.LAYOUT)).isEqualTo(new TabListHeader(HELLO, WORLD));

                moves(bob);

                ByteBuf packet = bob.until(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER);
                assertThat(TabListHeader.LAYOUT.read(packet, bob.ids)).isEqualTo(new TabListHeader(HELLO, WORLD));
            }
        }

        @Test
        void are_refused_where_there_are_none() throws Exception {
            try (var bob = proxy.new Bob(5)) {
                assertThat(bob.player.sendPlayerListHeaderAndFooter(HELLO, WORLD))
                        .isEqualTo(Delivery.REFUSED);
            }
        }
    }

    @Nested
    class A_resource_pack {

        private final BlockingQueue<PlayerResourcePackStatusEvent> told = new LinkedBlockingQueue<>();

        private void send(Bob bob) throws Exception {
            proxy.bus.subscribe(PlayerResourcePackStatusEvent.class, told::add);
            var pack = new ResourcePack(PACK, "https://example.org/a.zip", "", true, Optional.of(HELLO));
            assertThat(bob.player.sendResourcePack(pack)).isEqualTo(Delivery.ACCEPTED);
            ResourcePackOffer offer = bob.client.expect(ResourcePackOffer.PLAY);
            assertThat(offer.url()).isEqualTo("https://example.org/a.zip");
            boolean worded = bob.ids.protocol() >= ProtocolVersion.V1_17;
            assertThat(offer.required()).isEqualTo(worded);
            assertThat(offer.prompt()).isEqualTo(worded ? Optional.of(HELLO) : Optional.empty());
        }

        private static void answer(Bob bob, UUID pack, int result) throws IOException {
            ByteBuf body = Unpooled.buffer();
            if (bob.ids.protocol() >= ProtocolVersion.V1_20_3) {
                Wire.writeUuid(body, pack);
            } else if (bob.ids.protocol() < ProtocolVersion.V1_10) {
                Wire.writeString(body, "");
            }
            Wire.writeVarInt(body, result);
            bob.client.send(PacketType.SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE, Wire.readRest(body));
        }

        private PlayerResourcePackStatusEvent next() throws InterruptedException {
            PlayerResourcePackStatusEvent event = told.poll(10, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 110, 210, 754, 755, 764, 765, 775})
        void is_the_plugins_business_and_not_the_servers(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                send(bob);
                answer(bob, PACK, 3);
                answer(bob, PACK, 0);
                assertThat(next())
                        .isEqualTo(new PlayerResourcePackStatusEvent(
                                bob.player, Optional.of(PACK), true, ResourcePackStatus.ACCEPTED));
                assertThat(next().status()).isEqualTo(ResourcePackStatus.LOADED);
                bob.playsOn(); // the server has heard of nothing

                answer(bob, new UUID(7, 8), 1);
                bob.server.expect(PacketType.SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE);
                PlayerResourcePackStatusEvent theirs = next();
                assertThat(theirs.fromPlugin()).isFalse();
                assertThat(theirs.status()).isEqualTo(ResourcePackStatus.DECLINED);
            }
        }

        @Test
        void can_be_taken_away_since_1_20_3() throws Exception {
            try (var bob = proxy.new Bob(765)) {
                send(bob);
                bob.player.removeResourcePack(PACK);
                bob.player.clearResourcePacks();
                assertThat(bob.client.expect(ResourcePackRemoval.PLAY))
                        .isEqualTo(new ResourcePackRemoval(Optional.of(PACK)));
                assertThat(bob.client.expect(ResourcePackRemoval.PLAY))
                        .isEqualTo(new ResourcePackRemoval(Optional.empty()));
            }
            try (var bob = proxy.new Bob(764)) {
                assertThat(bob.player.removeResourcePack(PACK)).isEqualTo(Delivery.REFUSED);
            }
            try (var bob = proxy.new Bob(5)) {
                assertThat(bob.player.sendResourcePack(ResourcePack.of("http://a", "")))
                        .isEqualTo(Delivery.REFUSED);
            }
        }
    }

    @Nested
    class A_client_that_goes_elsewhere {

        @ParameterizedTest
        @ValueSource(ints = {766, 775, 777})
        void is_told_where(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                assertThat(bob.player.transfer("other.example.org", 25566)).isEqualTo(Delivery.ACCEPTED);
                assertThat(bob.client.expect(Transfer.PLAY)).isEqualTo(new Transfer("other.example.org", 25566));
            }
        }

        @Test
        void is_told_so_in_the_configuration_too_in_the_order_of_the_calls() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);

                bob.player.storeCookie("a:b", new byte[] {1, 2});
                bob.player.transfer("other.example.org", 1);

                StoreCookie cookie = bob.client.expect(StoreCookie.CONFIGURATION);
                assertThat(cookie.key()).isEqualTo("a:b");
                assertThat(cookie.content()).containsExactly(1, 2);
                assertThat(bob.client.expect(Transfer.CONFIGURATION)).isEqualTo(new Transfer("other.example.org", 1));
                games.close();
            }
        }

        @Test
        void must_be_able_to() throws Exception {
            try (var bob = proxy.new Bob(765)) {
                assertThat(bob.player.transfer("other.example.org", 1)).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.storeCookie("a:b", new byte[1])).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.requestCookie("a:b").toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isEqualTo(new CookieResult.NotAsked(Delivery.REFUSED));
                assertThatThrownBy(() -> bob.player.transfer("", 1)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> bob.player.storeCookie("A b", new byte[1]))
                        .hasMessageContaining("no key of a cookie");
                assertThatThrownBy(() -> bob.player.storeCookie("a:b", new byte[5121]))
                        .hasMessageContaining("5120");
            }
        }
    }

    @Nested
    class A_cookie {

        @ParameterizedTest
        @ValueSource(ints = {766, 775})
        void is_asked_for_once_and_the_server_does_not_hear_of_it(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                CompletionStage<CookieResult> first = bob.player.requestCookie("b");
                CompletionStage<CookieResult> second = bob.player.requestCookie("minecraft:b");
                assertThat(bob.client.expect(CookieRequest.PLAY)).isEqualTo(new CookieRequest("minecraft:b"));
                TwoServers.settle(bob.player); // the second question has joined the first
                bob.client.send(CookieResponse.PLAY, new CookieResponse("minecraft:b", Optional.of(new byte[] {7})));

                for (CompletionStage<CookieResult> each : List.of(first, second)) {
                    assertThat(each.toCompletableFuture().get(10, TimeUnit.SECONDS))
                            .isInstanceOfSatisfying(
                                    CookieResult.Found.class,
                                    found -> assertThat(found.content()).containsExactly(7));
                }
                bob.playsOn();
            }
        }

        @Test
        void may_be_missing() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                CompletionStage<CookieResult> result = bob.player.requestCookie("a:b");
                bob.client.expect(CookieRequest.PLAY);
                bob.client.send(CookieResponse.PLAY, new CookieResponse("a:b", Optional.empty()));
                assertThat(result.toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isEqualTo(new CookieResult.Missing());
            }
        }

        @Test
        void that_the_server_asks_for_is_the_servers() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                bob.client.send(CookieResponse.PLAY, new CookieResponse("a:b", Optional.empty()));
                bob.server.expect(PacketType.SERVERBOUND_PLAY_COOKIE_RESPONSE);
            }
        }

        @Test
        void has_a_deadline() throws Exception {
            proxy.close();
            proxy = TwoServers.withoutTime(Duration.ofMinutes(1));
            try (var bob = proxy.new Bob(767)) {
                CompletionStage<CookieResult> result = bob.player.requestCookie("a:b");
                bob.client.expect(CookieRequest.PLAY);
                proxy.pass(Cookies.ANSWER.minusSeconds(1));
                assertThat(result.toCompletableFuture()).isNotDone();
                proxy.pass(Duration.ofSeconds(2));
                assertThat(result.toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isEqualTo(new CookieResult.Unanswered());
            }
        }

        @Test
        void is_not_waited_for_when_the_player_leaves() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                CompletionStage<CookieResult> result = bob.player.requestCookie("a:b");
                bob.client.expect(CookieRequest.PLAY);
                bob.client.close();
                assertThat(result.toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isEqualTo(new CookieResult.Unanswered());
            }
        }
    }

    @Nested
    class What_a_client_says_about_itself {

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 107, 755, 757, 767, 768, 777})
        void is_known_and_told(int protocol) throws Exception {
            BlockingQueue<PlayerSettingsChangedEvent> changes = new LinkedBlockingQueue<>();
            BlockingQueue<String> brands = new LinkedBlockingQueue<>();
            BlockingQueue<List<String>> added = new LinkedBlockingQueue<>();
            proxy.bus.subscribe(PlayerSettingsChangedEvent.class, changes::add);
            proxy.bus.subscribe(PlayerClientBrandEvent.class, event -> brands.add(event.brand()));
            proxy.bus.subscribe(PlayerChannelRegisterEvent.class, event -> added.add(event.channels()));
            try (var bob = proxy.new Bob(protocol)) {
                assertThat(bob.player.settings()).isEmpty();
                assertThat(bob.player.clientBrand()).isEmpty();
                var information = new ClientInformation(
                        "de_de", 12, 1, true, new ClientInformation.Looks(0x41, 0, true, false, 2));
                bob.client.send(ClientInformation.PLAY, information);
                bob.client.send(ClientInformation.PLAY, information);
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, brand(protocol));
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, register(protocol, "a:b\0c:d"));
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, register(protocol, "a:b\0e:f"));

                ClientSettings settings = changes.poll(10, TimeUnit.SECONDS).settings();
                assertThat(settings.locale()).isEqualTo("de_de");
                assertThat(settings.javaLocale().getLanguage()).isEqualTo("de");
                assertThat(settings.viewDistance()).isEqualTo(12);
                assertThat(settings.chatMode()).isEqualTo(ClientSettings.ChatMode.COMMANDS_ONLY);
                if (protocol >= 47) {
                    assertThat(settings.skinParts())
                            .isEqualTo(Set.of(ClientSettings.SkinPart.CAPE, ClientSettings.SkinPart.HAT));
                }
                assertThat(settings.mainHand())
                        .isEqualTo(protocol >= 107 ? ClientSettings.MainHand.LEFT : ClientSettings.MainHand.RIGHT);
                assertThat(settings.serverListing()).isEqualTo(protocol < 757);
                assertThat(settings.particles())
                        .isEqualTo(protocol >= 768 ? ClientSettings.Particles.MINIMAL : ClientSettings.Particles.ALL);
                assertThat(bob.player.settings()).contains(settings);
                assertThat(brands.poll(10, TimeUnit.SECONDS)).isEqualTo("fabric");
                assertThat(bob.player.clientBrand()).contains("fabric");
                assertThat(added.poll(10, TimeUnit.SECONDS)).containsExactly("a:b", "c:d");
                assertThat(added.poll(10, TimeUnit.SECONDS)).containsExactly("e:f");
                assertThat(bob.player.channels()).containsExactly("a:b", "c:d", "e:f");
                assertThat(changes).isEmpty();
                for (int i = 0; i < 5; i++) { // the server hears all of it
                    bob.server.readPacket();
                }
                bob.playsOn();
            }
        }

        private static PluginMessage brand(int protocol) {
            byte[] brand = PluginMessage.brand("fabric").content();
            byte[] bare = "fabric".getBytes(StandardCharsets.UTF_8);
            return new PluginMessage(protocol < 393 ? "MC|Brand" : "minecraft:brand", protocol < 47 ? bare : brand);
        }

        private static PluginMessage register(int protocol, String names) {
            return new PluginMessage(
                    protocol < 393 ? "REGISTER" : "minecraft:register", names.getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void includes_where_it_wanted_to_go() throws Exception {
            try (var bob = proxy.new Bob(767)) {
                assertThat(bob.player.virtualHost().getHostString()).isEqualTo("play.example.org");
                assertThat(bob.player.virtualHost().getPort()).isEqualTo(25565);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 340, 767})
        void includes_how_long_it_takes_to_answer(int protocol) throws Exception {
            try (var bob = proxy.new Bob(protocol)) {
                assertThat(bob.player.ping()).isEmpty();
                bob.server.send(KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(77));
                bob.client.expect(KeepAlive.PLAY_CLIENTBOUND);
                bob.client.send(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(77));
                assertThat(bob.server.expect(KeepAlive.PLAY_SERVERBOUND)).isEqualTo(new KeepAlive(77));
                assertThat(bob.player.ping())
                        .hasValueSatisfying(time -> assertThat(time).isBetween(Duration.ZERO, Duration.ofSeconds(10)));
            }
        }
    }

    @Nested
    class Waiting_inside_a_listener {

        @Test
        void for_a_change_of_servers_of_the_same_player_is_told_at_once() throws Exception {
            BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
            proxy.bus.subscribe(ServerConnectedEvent.class, event -> {
                try {
                    event.player()
                            .connect("games")
                            .thenApply(result -> result)
                            .toCompletableFuture()
                            .join();
                } catch (WouldDeadlockException e) {
                    thrown.add(e);
                }
            });
            try (var bob = proxy.new Bob(767)) {
                assertThat(bob.player.isConnected()).isTrue();
                assertThat(thrown.poll(10, TimeUnit.SECONDS))
                        .hasMessageContaining("ServerConnectedEvent")
                        .hasMessageContaining("Bob");
            }
        }

        @Test
        void for_a_cookie_is_fine_where_the_client_is_heard() throws Exception {
            BlockingQueue<CookieResult> results = new LinkedBlockingQueue<>();
            proxy.bus.subscribe(
                    ServerConnectedEvent.class,
                    event -> results.add(event.player()
                            .requestCookie("a:b")
                            .toCompletableFuture()
                            .join()));
            try (var bob = proxy.new Bob(765)) {
                assertThat(bob.player.isConnected()).isTrue();
                assertThat(results.poll(10, TimeUnit.SECONDS)).isEqualTo(new CookieResult.NotAsked(Delivery.REFUSED));
            }
        }
    }
}
