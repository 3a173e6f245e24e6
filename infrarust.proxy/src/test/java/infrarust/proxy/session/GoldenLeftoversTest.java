package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.golden.GoldenVector;
import infrarust.proxy.session.TwoServers.Bob;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server puts into a client, in the bytes that others write for it, is taken out before the next server's game, in the
 * bytes that others write for that. Alice has gone before; Carol is the proxy's to take out.
 */
class GoldenLeftoversTest {

    private static final List<GoldenVector> VECTORS = Stream.of("nmp-leftovers.txt", "minestom-leftovers.txt")
            .flatMap(source -> GoldenVector.load(source).stream())
            .toList();

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** Versions without the configuration state. */
    static IntStream inTheGame() {
        return versions("tab_list.clear");
    }

    static IntStream withResourcePacks() {
        return versions("resource_pack.clear");
    }

    private static IntStream versions(String packet) {
        return TwoServers.PACKETS.versions().stream()
                .mapToInt(ProtocolVersion::number)
                .filter(number -> has(packet, number));
    }

    private static Stream<GoldenVector> vectors(String packet, int protocol) {
        return VECTORS.stream()
                .filter(vector ->
                        vector.packet().equals(packet) && protocol >= vector.since() && protocol <= vector.until());
    }

    private static boolean has(String packet, int protocol) {
        return vectors(packet, protocol).findAny().isPresent();
    }

    private static byte[] vector(String packet, int protocol) {
        return vectors(packet, protocol).findFirst().orElseThrow().bytes();
    }

    /** The server sends a packet of the vectors, which gets to the client as it is. */
    private static void sends(PacketSocket server, PacketSocket client, PacketType type, String packet)
            throws IOException {
        int protocol = server.ids().protocol();
        if (has(packet, protocol)) {
            server.send(type, vector(packet, protocol));
            assertThat(Wire.readRest(client.expect(type))).isEqualTo(vector(packet, protocol));
        }
    }

    /** The proxy sends a packet of the vectors, where the version has it. */
    private static void expects(PacketSocket client, PacketType type, String packet) throws IOException {
        int protocol = client.ids().protocol();
        if (has(packet, protocol)) {
            assertThat(Wire.readRest(client.expect(type))).isEqualTo(vector(packet, protocol));
        }
    }

    private static PacketType either(PacketSocket side, PacketType newer, PacketType older) {
        return side.ids().has(newer) ? newer : older;
    }

    @ParameterizedTest
    @MethodSource("inTheGame")
    void the_tab_list_boss_bars_and_titles(int protocol) throws Exception {
        try (Bob bob = proxy.new Bob(protocol)) {
            PacketSocket client = bob.client;
            PacketType added = either(
                    client,
                    PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_UPDATE,
                    PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
            PacketType removed = either(
                    client,
                    PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE,
                    PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
            sends(bob.server, client, added, "tab_list.add");
            sends(bob.server, client, removed, "tab_list.gone");
            sends(bob.server, client, PacketType.CLIENTBOUND_PLAY_BOSS_BAR, "boss_bar.add");

            bob.player.connect("games");
            bob.letInto(proxy.games, -1).send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(protocol, "x"));

            expects(client, removed, "tab_list.clear");
            expects(client, PacketType.CLIENTBOUND_PLAY_BOSS_BAR, "boss_bar.clear");
            expects(
                    client,
                    either(client, PacketType.CLIENTBOUND_PLAY_CLEAR_TITLES, PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY),
                    "titles.clear");
            expects(client, PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER, "tab_list_header.clear");
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }
    }

    @ParameterizedTest
    @MethodSource("withResourcePacks")
    void resource_packs_of_the_game_and_of_the_configuration(int protocol) throws Exception {
        try (Bob bob = proxy.new Bob(protocol)) {
            PacketSocket client = bob.client;
            sends(bob.server, client, PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK, "resource_pack.add");

            bob.player.connect("games");
            PacketSocket games = configures(bob, bob.letInto(proxy.games, -1));
            sends(games, client, PacketType.CLIENTBOUND_CONFIGURATION_ADD_RESOURCE_PACK, "resource_pack.add");
            bob.configure(games);
            games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[10]);
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);

            bob.player.connect("lobby");
            configures(bob, bob.letInto(proxy.lobby, -1));
        }
    }

    /** Into the configuration of the next server, before which the pack is taken out. */
    private static PacketSocket configures(Bob bob, PacketSocket next) throws IOException {
        next.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
        bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
        bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
        expects(bob.client, PacketType.CLIENTBOUND_CONFIGURATION_REMOVE_RESOURCE_PACK, "resource_pack.clear");
        bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
        return next;
    }

    @Test
    void are_tried_in_every_version_that_others_have() {
        assertThat(inTheGame()
                        .filter(protocol -> protocol >= ProtocolVersion.V1_8)
                        .count())
                .isEqualTo(TwoServers.PACKETS.versions().stream()
                        .filter(version ->
                                version.number() >= ProtocolVersion.V1_8 && version.number() < ProtocolVersion.V1_20_2)
                        .count());
        assertThat(withResourcePacks()).contains(765, 775, 776);
    }
}
