package infrarust.proxy.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.BungeeCordCommand;
import infrarust.proxy.config.PluginMessagingSettings;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each question as plugins write it, with {@link DataOutputStream}; Bob's server, the lobby, asks on Bob's connection. */
class BungeeCordChannelTest {

    private final OnlinePlayers players = new OnlinePlayers();
    private final FakePlayer bob = player(1, "Bob", "lobby");
    private final FakePlayer alice = player(2, "Alice", "games");
    private final FakePlayer carol = player(3, "Carol", "elsewhere");
    private final List<String> moved = new ArrayList<>();
    private final BungeeCordChannel channel = new BungeeCordChannel(
            players,
            new MessageChannels(players),
            (player, server) -> moved.add(player.profile().username() + " to " + server));

    private final ServerConfig lobby = server("lobby", "main", "10.0.0.1:25565");
    private final List<ServerConfig> servers =
            List.of(lobby, server("games", "main", "10.0.0.2:25570"), server("elsewhere", "other", "10.0.0.3"));
    private Set<BungeeCordCommand> allowed = EnumSet.allOf(BungeeCordCommand.class);

    private static FakePlayer player(long id, String name, String server) {
        FakePlayer player = new FakePlayer(id, name);
        player.moveTo(server);
        return player;
    }

    private static ServerConfig server(String id, String network, String address) {
        return ServerConfig.builder(id).network(network).addresses(address).build();
    }

    @BeforeEach
    void connect() {
        List.of(bob, alice, carol).forEach(players::register);
    }

    /** Words are texts, arrays bytes behind their 16 bits of length. */
    private static byte[] bytes(Object... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (Object part : parts) {
            switch (part) {
                case String word -> out.writeUTF(word);
                case byte[] array -> {
                    out.writeShort(array.length);
                    out.write(array);
                }
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return bytes.toByteArray();
    }

    private void asks(Object... parts) throws IOException {
        channel.heard(bob, lobby, servers, allowed, bytes(parts));
    }

    /** What Bob's server has been answered: the only message to it. */
    private DataInputStream answer() {
        assertThat(bob.toServer()).hasSize(1);
        var message = bob.toServer().getFirst();
        assertThat(message.getKey()).isEqualTo(BungeeCordChannel.CHANNEL);
        return new DataInputStream(new ByteArrayInputStream(message.getValue()));
    }

    private void assertAnswer(String... words) throws IOException {
        DataInputStream answer = answer();
        for (String word : words) {
            assertThat(answer.readUTF()).isEqualTo(word);
        }
        assertThat(answer.read()).isEqualTo(-1);
    }

    @Nested
    class Moving {

        @Test
        void the_player() throws IOException {
            asks("Connect", "games");
            assertThat(moved).containsExactly("Bob to games");
        }

        @Test
        void another_one() throws IOException {
            asks("ConnectOther", "alice", "lobby");
            assertThat(moved).containsExactly("Alice to lobby");
        }

        @Test
        void not_out_of_the_network_nor_into_it() throws IOException {
            asks("Connect", "elsewhere");
            asks("ConnectOther", "Carol", "lobby");
            asks("ConnectOther", "Nobody", "lobby");
            assertThat(moved).isEmpty();
        }
    }

    @Nested
    class Asking {

        @Test
        void for_addresses() throws IOException {
            asks("IP");
            DataInputStream answer = answer();
            assertThat(answer.readUTF()).isEqualTo("IP");
            assertThat(answer.readUTF()).isEqualTo("127.0.0.1");
            assertThat(answer.readInt()).isEqualTo(40000);
        }

        @Test
        void for_addresses_of_others() throws IOException {
            asks("IPOther", "Alice");
            DataInputStream answer = answer();
            assertThat(answer.readUTF()).isEqualTo("IPOther");
            assertThat(answer.readUTF()).isEqualTo("Alice");
            assertThat(answer.readUTF()).isEqualTo("127.0.0.1");
            assertThat(answer.readInt()).isEqualTo(40000);
        }

        @Test
        void how_many_are_on_a_server() throws IOException {
            asks("PlayerCount", "games");
            DataInputStream answer = answer();
            assertThat(answer.readUTF()).isEqualTo("PlayerCount");
            assertThat(answer.readUTF()).isEqualTo("games");
            assertThat(answer.readInt()).isEqualTo(1);
        }

        @Test
        void how_many_there_are() throws IOException {
            asks("PlayerCount", "ALL");
            DataInputStream answer = answer();
            answer.readUTF();
            assertThat(answer.readUTF()).isEqualTo("ALL");
            assertThat(answer.readInt()).as("those of the network").isEqualTo(2);
        }

        @Test
        void who_is_on_a_server() throws IOException {
            asks("PlayerList", "games");
            assertAnswer("PlayerList", "games", "Alice");
        }

        @Test
        void who_is_there() throws IOException {
            asks("PlayerList", "ALL");
            assertAnswer("PlayerList", "ALL", "Bob, Alice");
        }

        @Test
        void which_servers_there_are() throws IOException {
            asks("GetServers");
            assertAnswer("GetServers", "lobby, games");
        }

        @Test
        void where_it_is() throws IOException {
            asks("GetServer");
            assertAnswer("GetServer", "lobby");
        }

        @Test
        void where_somebody_is() throws IOException {
            asks("GetPlayerServer", "Alice");
            assertAnswer("GetPlayerServer", "Alice", "games");
        }

        @Test
        void for_accounts() throws IOException {
            asks("UUID");
            assertAnswer("UUID", bob.profile().uuid().toString().replace("-", ""));
        }

        @Test
        void for_accounts_of_others() throws IOException {
            asks("UUIDOther", "Alice");
            assertAnswer("UUIDOther", "Alice", alice.profile().uuid().toString().replace("-", ""));
        }

        @Test
        void where_a_server_listens() throws IOException {
            asks("ServerIP", "games");
            DataInputStream answer = answer();
            assertThat(answer.readUTF()).isEqualTo("ServerIP");
            assertThat(answer.readUTF()).isEqualTo("games");
            assertThat(answer.readUTF()).isEqualTo("10.0.0.2");
            assertThat(answer.readUnsignedShort()).isEqualTo(25570);
        }

        @Test
        void for_what_is_not_there_gets_no_answer() throws IOException {
            asks("PlayerCount", "elsewhere");
            asks("PlayerList", "nowhere");
            asks("IPOther", "Carol");
            asks("UUIDOther", "Nobody");
            asks("GetPlayerServer", "Carol");
            asks("ServerIP", "elsewhere");
            assertThat(bob.toServer()).isEmpty();
        }
    }

    @Nested
    class Telling {

        @Test
        void a_player() throws IOException {
            asks("Message", "Alice", "§chi");
            assertThat(alice.messages()).containsExactly(Component.text("hi", NamedTextColor.RED));
            assertThat(bob.messages()).isEmpty();
        }

        @Test
        void everybody_in_the_network() throws IOException {
            asks("Message", "ALL", "hi");
            assertThat(alice.messages()).hasSize(1);
            assertThat(bob.messages()).hasSize(1);
            assertThat(carol.messages()).isEmpty();
        }

        @Test
        void in_json() throws IOException {
            asks("MessageRaw", "Alice", "{\"text\":\"hi\",\"color\":\"red\"}");
            asks("MessageRaw", "Alice", "{");
            assertThat(alice.messages()).containsExactly(Component.text("hi", NamedTextColor.RED));
        }

        @Test
        void to_leave() throws IOException {
            asks("KickPlayer", "Alice", "away");
            asks("KickPlayer", "Carol", "away");
            assertThat(alice.disconnectReason()).contains(Component.text("away"));
            assertThat(carol.disconnectReason()).isEmpty();
        }

        @Test
        void to_leave_in_json() throws IOException {
            asks("KickPlayerRaw", "Alice", "{\"text\":\"away\"}");
            assertThat(alice.disconnectReason()).contains(Component.text("away"));
        }
    }

    @Nested
    class Forwarding {

        private static final byte[] PAYLOAD = {1, 0, 2};

        private static void assertForwarded(FakePlayer through) throws IOException {
            assertThat(through.toServer()).hasSize(1);
            assertThat(through.toServer().getFirst().getValue()).isEqualTo(bytes("MyChannel", PAYLOAD));
        }

        @Test
        void to_a_server() throws IOException {
            asks("Forward", "games", "MyChannel", PAYLOAD);
            assertForwarded(alice);
            assertThat(bob.toServer()).isEmpty();
        }

        @Test
        void to_all_others_of_the_network() throws IOException {
            asks("Forward", "ALL", "MyChannel", PAYLOAD);
            assertForwarded(alice);
            asks("Forward", "ONLINE", "MyChannel", PAYLOAD);
            assertThat(alice.toServer()).hasSize(2);
            assertThat(bob.toServer()).isEmpty();
            assertThat(carol.toServer()).isEmpty();
        }

        @Test
        void to_where_a_player_is() throws IOException {
            asks("ForwardToPlayer", "Alice", "MyChannel", PAYLOAD);
            assertForwarded(alice);
            asks("ForwardToPlayer", "Carol", "MyChannel", PAYLOAD);
            assertThat(carol.toServer()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(BungeeCordCommand.class)
    void what_is_not_allowed_is_not_done(BungeeCordCommand command) throws IOException {
        allowed = EnumSet.complementOf(EnumSet.of(command));
        asks(command.word(), "Alice", "games", new byte[3]);
        assertThat(bob.toServer()).isEmpty();
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.messages()).isEmpty();
        assertThat(alice.disconnectReason()).isEmpty();
        assertThat(moved).isEmpty();
    }

    @Test
    void what_touches_other_players_has_to_be_allowed() {
        assertThat(PluginMessagingSettings.defaults().commands())
                .hasSize(BungeeCordCommand.values().length - 5)
                .doesNotContain(
                        BungeeCordCommand.CONNECT_OTHER,
                        BungeeCordCommand.MESSAGE,
                        BungeeCordCommand.MESSAGE_RAW,
                        BungeeCordCommand.KICK_PLAYER,
                        BungeeCordCommand.KICK_PLAYER_RAW);
    }

    @Test
    void messages_that_end_too_early_or_mean_nothing_are_dropped() throws IOException {
        channel.heard(bob, lobby, servers, allowed, new byte[0]);
        channel.heard(bob, lobby, servers, allowed, new byte[] {0, 9, 'C'});
        asks("Connect");
        asks("Forward", "ALL", "MyChannel");
        asks("Teleport", "Alice");
        assertThat(bob.toServer()).isEmpty();
        assertThat(moved).isEmpty();
    }

    @Test
    void a_server_without_a_network_is_alone() throws IOException {
        ServerConfig alone = ServerConfig.builder("lobby").addresses("10.0.0.1").build();
        channel.heard(bob, alone, List.of(alone, servers.get(1)), allowed, bytes("GetServers"));
        assertAnswer("GetServers", "lobby");
    }
}
