package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.PluginMessageEvent;
import infrarust.api.event.PluginMessageEvent.Result;
import infrarust.api.event.PluginMessageEvent.Source;
import infrarust.api.event.PreTransferEvent;
import infrarust.api.message.ChannelRegistration;
import infrarust.api.message.MessageChannel;
import infrarust.api.message.Messaging;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.Transfer;
import infrarust.proxy.session.TwoServers.Bob;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugin messages and transfers: what plugins are shown of them, and what passes. */
class PluginMessagesTest {

    private static final MessageChannel CHANNEL = MessageChannel.of("test:bytes", "TestBytes");
    private static final byte[] ONE = {1, 0, 1};
    private static final byte[] TWO = {2, 2};

    private final BlockingQueue<PluginMessageEvent> told = new LinkedBlockingQueue<>();
    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void listen(Result result) {
        proxy.bus.subscribe(PluginMessageEvent.class, event -> {
            event.setResult(result);
            told.add(event);
        });
    }

    private static String name(Bob bob) {
        return CHANNEL.nameIn(bob.ids.protocol()).orElseThrow();
    }

    private static PluginMessage message(Bob bob, byte... bytes) {
        return new PluginMessage(name(bob), bytes);
    }

    private static void assertHears(
            PacketSocket side, PacketLayout<PluginMessage> layout, String channel, byte... bytes) throws IOException {
        PluginMessage message = side.expect(layout);
        assertThat(message.channel()).isEqualTo(channel);
        assertThat(message.content()).isEqualTo(bytes);
    }

    /** The server is told of channels when the client enters its world. */
    private static void expectRegistration(PacketSocket server, String... names) throws IOException {
        assertThat(TwoServers.registration(server)).containsExactly(names);
    }

    private PluginMessageEvent next() throws InterruptedException {
        PluginMessageEvent event = told.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    /** A player whose server has been told of the channel, which is registered while the player is there. */
    private Bob listened(int protocol) throws Exception {
        Bob bob = proxy.new Bob(protocol);
        proxy.channels.register(CHANNEL);
        expectRegistration(bob.server, name(bob));
        return bob;
    }

    @Nested
    class On_a_channel_of_a_plugin {

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 340, 393, 764, 767, 775})
        void both_sides_are_shown_and_pass(int protocol) throws Exception {
            listen(new Result.Forward());
            try (Bob bob = listened(protocol)) {
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, message(bob, ONE));
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, name(bob), ONE);
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, TWO));
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, name(bob), TWO);

                PluginMessageEvent first = next();
                assertThat(first.source()).isEqualTo(Source.CLIENT);
                assertThat(first.channel()).isEqualTo(CHANNEL);
                assertThat(first.data()).isEqualTo(ONE);
                assertThat(first.player()).isEqualTo(bob.player);
                PluginMessageEvent second = next();
                assertThat(second.source()).isEqualTo(Source.SERVER);
                assertThat(second.data()).isEqualTo(TWO);
                bob.playsOn();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 767})
        void handled_ones_go_no_further(int protocol) throws Exception {
            listen(new Result.Handled());
            try (Bob bob = listened(protocol)) {
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, message(bob, ONE));
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, TWO));
                bob.playsOn();
                assertThat(told).hasSize(2);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 767})
        void others_can_take_their_place(int protocol) throws Exception {
            listen(new Result.Replace(TWO));
            try (Bob bob = listened(protocol)) {
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, message(bob, ONE));
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, name(bob), TWO);
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, ONE));
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, name(bob), TWO);
            }
        }

        @Test
        void what_follows_waits_and_stays_behind_it() throws Exception {
            var mayGoOn = new CountDownLatch(1);
            proxy.bus.subscribe(PluginMessageEvent.class, event -> mayGoOn.await());
            try (Bob bob = listened(767)) {
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, ONE));
                bob.server.send(TwoServers.OPAQUE, (byte) 5);
                bob.client.send(TwoServers.OPAQUE, (byte) 6); // the other side is heard
                assertThat(bob.server.expect(TwoServers.OPAQUE).readByte()).isEqualTo((byte) 6);
                mayGoOn.countDown();
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, name(bob), ONE);
                assertThat(bob.client.expect(TwoServers.OPAQUE).readByte()).isEqualTo((byte) 5);
            }
        }

        @Test
        void those_that_wait_when_the_player_goes_are_for_nobody() throws Exception {
            var mayGoOn = new CountDownLatch(1);
            var asked = new CountDownLatch(1);
            proxy.bus.subscribe(PluginMessageEvent.class, event -> {
                asked.countDown();
                mayGoOn.await();
            });
            try (Bob bob = listened(767)) {
                CompletionStage<ConnectionResult> wish = bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, ONE));
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                bob.goes(games, "games");
                mayGoOn.countDown();
                expectRegistration(games, name(bob));
                TwoServers.result(wish);
                bob.playsOn();
            }
        }

        @Test
        void a_channel_that_is_taken_back_passes_unread() throws Exception {
            listen(new Result.Handled());
            try (Bob bob = proxy.new Bob(767)) {
                ChannelRegistration registration = proxy.channels.register(CHANNEL);
                expectRegistration(bob.server, name(bob));
                registration.unregister();
                registration.unregister();
                TwoServers.settle(bob.player);
                bob.server.send(PluginMessage.PLAY_CLIENTBOUND, message(bob, ONE));
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, name(bob), ONE);
                bob.client.send(PluginMessage.PLAY_SERVERBOUND, message(bob, ONE));
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, name(bob), ONE);
                assertThat(told).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {340, 767})
        void every_server_is_told_of_it(int protocol) throws Exception {
            proxy.channels.register(CHANNEL);
            proxy.channels.register(MessageChannel.of("b:c"));
            proxy.tellsServers = true;
            try (Bob bob = proxy.new Bob(protocol)) {
                assertThat(bob.registered).containsExactly(name(bob), "b:c");
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                bob.goes(games, "games");
                expectRegistration(games, name(bob), "b:c");
            }
        }
    }

    @Nested
    class On_a_channel_between_servers_and_proxies {

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 767})
        void a_client_is_not_heard(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                for (String name : new String[] {"BungeeCord", "bungeecord:main", "velocity:player_info"}) {
                    bob.client.send(PluginMessage.PLAY_SERVERBOUND, new PluginMessage(name, ONE));
                }
                bob.playsOn();
            }
        }

        @Test
        void a_client_is_not_heard_in_the_configuration_either() throws Exception {
            try (Bob bob = proxy.new Bob(767)) {
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
                bob.client.send(PluginMessage.CONFIGURATION_SERVERBOUND, new PluginMessage("bungeecord:main", ONE));
                bob.configure(games);
                games.close();
            }
        }

        @Test
        void no_plugin_can_register_itself() {
            for (String name : new String[] {"bungeecord:main", "velocity:x", "minecraft:brand"}) {
                assertThatThrownBy(() -> proxy.channels.register(MessageChannel.of(name)))
                        .hasMessageContaining("the proxy's own");
            }
            assertThatThrownBy(() -> proxy.channels.register(MessageChannel.ofLegacy("BungeeCord")))
                    .hasMessageContaining("the proxy's own");
        }
    }

    @Nested
    class Sent_by_a_plugin {

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 393, 764, 775})
        void reach_either_side(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                assertThat(bob.player.sendPluginMessage(CHANNEL, ONE)).isEqualTo(Delivery.ACCEPTED);
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, name(bob), ONE);
                assertThat(bob.player.sendToServer(CHANNEL, TWO)).isEqualTo(Delivery.ACCEPTED);
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, name(bob), TWO);
                assertThat(proxy.channels.sendToServer("lobby", CHANNEL, ONE)).isEqualTo(Delivery.ACCEPTED);
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, name(bob), ONE);
                assertThat(proxy.channels.sendToServer("games", CHANNEL, ONE)).isEqualTo(Delivery.DISCONNECTED);
            }
        }

        @Test
        void need_a_name_in_the_version() throws Exception {
            try (Bob bob = proxy.new Bob(340)) {
                MessageChannel modern = MessageChannel.of("test:longer-than-twenty-characters");
                assertThat(bob.player.sendPluginMessage(modern, ONE)).isEqualTo(Delivery.REFUSED);
                assertThat(bob.player.sendToServer(modern, ONE)).isEqualTo(Delivery.REFUSED);
            }
            try (Bob bob = proxy.new Bob(767)) {
                assertThat(bob.player.sendPluginMessage(MessageChannel.ofLegacy("old"), ONE))
                        .isEqualTo(Delivery.REFUSED);
            }
        }

        @Test
        void have_a_limit() throws Exception {
            try (Bob bob = proxy.new Bob(767)) {
                assertThatThrownBy(() -> bob.player.sendToServer(CHANNEL, new byte[Messaging.MAX_TO_SERVER + 1]))
                        .hasMessageContaining("32767");
                assertThatThrownBy(() -> bob.player.sendPluginMessage(CHANNEL, new byte[Messaging.MAX_TO_CLIENT + 1]))
                        .hasMessageContaining("1048576");
            }
        }

        @Test
        void do_not_reach_a_server_in_whose_world_the_player_is_not() throws Exception {
            try (Bob bob = proxy.new Bob(767)) {
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3000]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                assertThat(bob.player.sendToServer(CHANNEL, ONE)).isEqualTo(Delivery.REFUSED);
                games.close();
            }
        }
    }

    @Nested
    class On_the_BungeeCord_channel {

        private TwoServers withChannel() throws IOException {
            proxy.close();
            proxy = new TwoServers(OptionalInt.empty(), server -> server.bungeecordChannel(true));
            proxy.tellsServers = true;
            return proxy;
        }

        private static byte[] words(String... words) throws IOException {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            for (String word : words) {
                out.writeUTF(word);
            }
            return bytes.toByteArray();
        }

        private Bob bob(int protocol) throws Exception {
            Bob bob = withChannel().new Bob(protocol);
            assertThat(bob.registered).containsExactly(bungee(protocol));
            return bob;
        }

        private static String bungee(int protocol) {
            return protocol < 393 ? "BungeeCord" : "bungeecord:main";
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 340, 393, 767, 775})
        void a_server_is_answered(int protocol) throws Exception {
            try (Bob bob = bob(protocol)) {
                bob.server.send(
                        PluginMessage.PLAY_CLIENTBOUND, new PluginMessage(bungee(protocol), words("GetServer")));
                assertHears(bob.server, PluginMessage.PLAY_SERVERBOUND, bungee(protocol), words("GetServer", "lobby"));
            }
        }

        @Test
        void a_server_moves_its_player() throws Exception {
            try (Bob bob = bob(767)) {
                bob.server.send(
                        PluginMessage.PLAY_CLIENTBOUND,
                        new PluginMessage("bungeecord:main", words("Connect", "games")));
                bob.goes(bob.letInto(proxy.games, -1), "games");
                expectRegistration(bob.server, "bungeecord:main");
            }
        }

        @Test
        void a_server_that_has_not_asked_for_it_speaks_to_the_client() throws Exception {
            try (Bob bob = proxy.new Bob(767)) {
                bob.server.send(
                        PluginMessage.PLAY_CLIENTBOUND, new PluginMessage("bungeecord:main", words("GetServer")));
                assertHears(bob.client, PluginMessage.PLAY_CLIENTBOUND, "bungeecord:main", words("GetServer"));
            }
        }
    }

    @Nested
    class A_transfer {

        @ParameterizedTest
        @ValueSource(ints = {766, 775})
        void passes_while_nobody_listens(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.server.send(Transfer.PLAY, new Transfer("there", 1));
                assertThat(bob.client.expect(Transfer.PLAY)).isEqualTo(new Transfer("there", 1));
            }
        }

        @Test
        void can_be_allowed() throws Exception {
            proxy.bus.subscribe(
                    PreTransferEvent.class,
                    event -> assertThat(event.host() + event.port()).isEqualTo("there1"));
            passes_while_nobody_listens(767);
        }

        @Test
        void can_be_denied() throws Exception {
            proxy.bus.subscribe(PreTransferEvent.class, event -> event.setResult(new PreTransferEvent.Result.Denied()));
            try (Bob bob = proxy.new Bob(767)) {
                bob.server.send(Transfer.PLAY, new Transfer("there", 1));
                bob.playsOn();
            }
        }

        @Test
        void can_lead_elsewhere() throws Exception {
            proxy.bus.subscribe(
                    PreTransferEvent.class,
                    event -> event.setResult(new PreTransferEvent.Result.Redirect("elsewhere", 2)));
            try (Bob bob = proxy.new Bob(767)) {
                bob.server.send(Transfer.PLAY, new Transfer("there", 1));
                assertThat(bob.client.expect(Transfer.PLAY)).isEqualTo(new Transfer("elsewhere", 2));
            }
        }

        @Test
        void in_the_configuration_is_decided_about_too() throws Exception {
            proxy.bus.subscribe(
                    PreTransferEvent.class,
                    event -> event.setResult(new PreTransferEvent.Result.Redirect("elsewhere", 2)));
            try (Bob bob = proxy.new Bob(767)) {
                bob.player.connect("games");
                PacketSocket games = bob.letInto(proxy.games, -1);
                games.send(Transfer.CONFIGURATION, new Transfer("there", 1)); // the first frame
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA, new byte[3]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                assertThat(bob.client.expect(Transfer.CONFIGURATION)).isEqualTo(new Transfer("elsewhere", 2));
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA)))
                        .hasSize(3);
                games.close();
            }
        }
    }
}
