package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.KickedFromServerEvent.Result;
import infrarust.api.player.ConnectionResult;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.session.TwoServers.Bob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is gone in the middle of a frame: the player is told, or goes to another server. */
class CutFrameTest {

    private TwoServers proxy;

    /** @param configured the threshold towards clients, or −2 for the server's own */
    private void start(int configured) throws IOException {
        proxy = new TwoServers(configured < -1 ? OptionalInt.empty() : OptionalInt.of(configured), server -> server);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** The server ends behind that many bytes of a frame that nobody reads. */
    private static void breaksOff(PacketSocket server, int size, int sent) throws IOException {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        ByteBuf packet = Unpooled.buffer();
        Wire.writeVarInt(packet, TwoServers.OPAQUE);
        byte[] frame = server.frame(packet.writeBytes(body));
        server.sendRaw(Arrays.copyOf(frame, sent));
        server.close();
    }

    private static String reason(ByteBuf body) {
        return body.toString(StandardCharsets.UTF_8);
    }

    @Nested
    class In_the_game {

        @ParameterizedTest
        @CsvSource({
            "47,-1,-2",
            "340,-1,-2",
            "763,256,-2",
            "765,-1,-2",
            "765,256,-2",
            "765,256,64",
            "765,-1,64",
            "777,256,-2"
        })
        void the_player_reads_the_servers_message(int protocol, int threshold, int configured) throws Exception {
            for (int sent : new int[] {1, 2, 4, 2_000}) {
                start(configured);
                try (Bob bob = proxy.new Bob(protocol, threshold, configured)) {
                    breaksOff(bob.server, 5_000, sent);
                    assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)))
                            .as("behind %d bytes", sent)
                            .contains("lobby is gone, Bob");
                    assertThat(bob.client.isAtEnd()).isTrue();
                }
                proxy.close();
            }
            start(configured);
        }

        @ParameterizedTest
        @CsvSource({"47,-1", "340,256", "763,-1", "765,-1", "765,256", "777,256"})
        void the_player_goes_to_another_server_when_a_plugin_says_so(int protocol, int threshold) throws Exception {
            start(-2);
            proxy.bus.subscribe(KickedFromServerEvent.class, event -> event.setResult(new Result.Redirect("games")));
            try (Bob bob = proxy.new Bob(protocol, threshold)) {
                breaksOff(bob.server, 200_000, 150_000);
                bob.goes(bob.letInto(proxy.games, threshold), "x");
                assertThat(bob.player.currentServer()).contains("games");
            }
        }

        @Test
        void what_came_before_the_cut_frame_comes_before_the_message() throws Exception {
            start(-2);
            try (Bob bob = proxy.new Bob(765)) {
                bob.server.send(TwoServers.OPAQUE, new byte[100]);
                breaksOff(bob.server, 5_000, 100);
                assertThat(bob.client.expect(TwoServers.OPAQUE).readableBytes()).isEqualTo(100);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT);
            }
        }

        @Test
        void of_a_frame_that_passes_as_it_comes_the_client_gets_what_came_and_the_connection_ends() throws Exception {
            start(-2);
            try (Bob bob = proxy.new Bob(765)) {
                breaksOff(bob.server, Link.LONGEST_WHOLE + 1, 1_000);
                bob.client.readAtLeast(1_000);
                assertThat(bob.client.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class In_the_configuration {

        private PacketSocket client;
        private PacketSocket lobby;

        private void enter(int protocol, int threshold) throws IOException {
            start(-2);
            client = proxy.dial(protocol);
            lobby = TwoServers.accept(proxy.lobby, client.ids());
            TwoServers.welcome(lobby, threshold);
            if (threshold >= 0) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
            }
            client.expect(LoginSuccess.LAYOUT);
            client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            lobby.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
        }

        @ParameterizedTest
        @CsvSource({"764,-1", "765,256", "766,256", "777,-1"})
        void the_player_reads_the_servers_message(int protocol, int threshold) throws Exception {
            enter(protocol, threshold);
            breaksOff(lobby, 5_000, 2_000);
            assertThat(reason(client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                    .contains("lobby is gone, Bob");
            assertThat(client.isAtEnd()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"764,-1", "765,256", "766,256", "777,-1"})
        void the_player_goes_to_another_server_when_a_plugin_says_so(int protocol, int threshold) throws Exception {
            enter(protocol, threshold);
            proxy.bus.subscribe(KickedFromServerEvent.class, event -> event.setResult(new Result.Redirect("games")));
            breaksOff(lobby, 5_000, 2_000);
            var games = TwoServers.accept(proxy.games, client.ids());
            TwoServers.welcome(games, threshold);
            games.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
            client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        }

        @Test
        void a_wish_to_be_on_that_server_has_failed() throws Exception {
            start(-2);
            try (Bob bob = proxy.new Bob(765)) {
                var wish = bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                breaksOff(games, 5_000, 2_000);
                assertThat(reason(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT)))
                        .contains("games is gone, Bob");
                assertThat(TwoServers.result(wish)).isInstanceOf(ConnectionResult.Failed.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {763, 765})
    void a_new_server_that_breaks_off_in_its_first_frame_leaves_the_player_where_it_is(int protocol) throws Exception {
        start(-2);
        try (Bob bob = proxy.new Bob(protocol)) {
            var wish = bob.player.connect("games");
            breaksOff(bob.letInto(proxy.games, -1), 5_000, 2_000);
            assertThat(SwitchTest.plain(TwoServers.result(wish))).isEqualTo("games is gone, Bob");
            bob.playsOn();
        }
    }
}
