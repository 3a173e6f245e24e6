package infrarust.e2e;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.minestom.server.Auth;
import net.minestom.server.MinecraftServer;
import net.minestom.server.command.ArgumentParserType;
import net.minestom.server.coordinate.BlockVec;
import net.minestom.server.coordinate.Vec;
import net.minestom.server.entity.GameMode;
import net.minestom.server.instance.heightmap.Heightmap;
import net.minestom.server.network.NetworkBuffer;
import net.minestom.server.network.packet.client.common.ClientCookieResponsePacket;
import net.minestom.server.network.packet.client.common.ClientKeepAlivePacket;
import net.minestom.server.network.packet.client.configuration.ClientSelectKnownPacksPacket;
import net.minestom.server.network.packet.client.handshake.ClientHandshakePacket;
import net.minestom.server.network.packet.client.login.ClientEncryptionResponsePacket;
import net.minestom.server.network.packet.client.login.ClientLoginPluginResponsePacket;
import net.minestom.server.network.packet.client.login.ClientLoginStartPacket;
import net.minestom.server.network.packet.client.status.StatusRequestPacket;
import net.minestom.server.network.packet.server.common.CookieRequestPacket;
import net.minestom.server.network.packet.server.common.KeepAlivePacket;
import net.minestom.server.network.packet.server.common.PluginMessagePacket;
import net.minestom.server.network.packet.server.common.ResourcePackPopPacket;
import net.minestom.server.network.packet.server.common.ResourcePackPushPacket;
import net.minestom.server.network.packet.server.common.TagsPacket;
import net.minestom.server.network.packet.server.configuration.FinishConfigurationPacket;
import net.minestom.server.network.packet.server.configuration.RegistryDataPacket;
import net.minestom.server.network.packet.server.configuration.SelectKnownPacksPacket;
import net.minestom.server.network.packet.server.configuration.UpdateEnabledFeaturesPacket;
import net.minestom.server.network.packet.server.login.EncryptionRequestPacket;
import net.minestom.server.network.packet.server.login.LoginPluginRequestPacket;
import net.minestom.server.network.packet.server.login.LoginSuccessPacket;
import net.minestom.server.network.packet.server.login.SetCompressionPacket;
import net.minestom.server.network.packet.server.play.ChangeGameStatePacket;
import net.minestom.server.network.packet.server.play.ChunkBatchFinishedPacket;
import net.minestom.server.network.packet.server.play.ChunkBatchStartPacket;
import net.minestom.server.network.packet.server.play.ChunkDataPacket;
import net.minestom.server.network.packet.server.play.DeclareCommandsPacket;
import net.minestom.server.network.packet.server.play.DeclareCommandsPacket.Node;
import net.minestom.server.network.packet.server.play.DeclareCommandsPacket.NodeType;
import net.minestom.server.network.packet.server.play.JoinGamePacket;
import net.minestom.server.network.packet.server.play.PlayerAbilitiesPacket;
import net.minestom.server.network.packet.server.play.PlayerPositionAndLookPacket;
import net.minestom.server.network.packet.server.play.SpawnPositionPacket;
import net.minestom.server.network.packet.server.play.UpdateHealthPacket;
import net.minestom.server.network.packet.server.play.UpdateViewPositionPacket;
import net.minestom.server.network.packet.server.play.data.ChunkData;
import net.minestom.server.network.packet.server.play.data.LightData;
import net.minestom.server.network.packet.server.play.data.PlayerSpawnInfo;
import net.minestom.server.network.packet.server.play.data.WorldPos;
import net.minestom.server.network.player.GameProfile;

/**
 * Prints the golden vectors of the newest version: what Minestom writes for the packets of {@code e2e/golden/packets.js},
 * without their ids. With the argument {@code text}: what it writes for single components, see {@link GoldenTexts}; with
 * {@code leftovers} and {@code commands}: those of the lists with these names, as far as it has them.
 */
public final class GoldenVectors {

    private static final UUID PLAYER = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);
    private static final String NAME = "Steve_0123456789";
    private static final byte[] BYTES = HexFormat.of().parseHex("00017f80ff");
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("f0".repeat(130));
    private static final long LONG = 0x0123456789abcdefL;
    private static final int INT = 0x01234567;
    private static final BlockVec BLOCK = new BlockVec(-1234567, -61, 7654321);

    /** Numbers of a height map: seven heights in each. */
    private static final int HEIGHTS = 37;

    private GoldenVectors() {}

    /** Prints them. */
    public static void main(String[] arguments) {
        MinecraftServer.init(new Auth.Offline());
        switch (arguments.length == 0 ? "packets" : arguments[0]) {
            case "text" -> GoldenTexts.print();
            case "leftovers" -> {
                head("leftovers");
                leftovers();
            }
            case "commands" -> {
                head("commands");
                commands();
            }
            default -> {
                head("packets");
                login();
                configuration();
                play();
            }
        }
        System.exit(0);
    }

    private static void head(String list) {
        System.out.println("# What Minestom writes for the packets of e2e/golden/" + list + ".js, without their ids; written by");
        System.out.println("# e2e/golden/generate. Packet, first and last protocol number with these bytes, bytes (\"-\": none).");
    }

    private static <T> void print(String name, NetworkBuffer.Type<T> type, T packet) {
        print(name, NetworkBuffer.makeArray(type, packet));
    }

    private static void print(String name, byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        int version = MinecraftServer.PROTOCOL_VERSION;
        System.out.println(name + " " + version + "-" + version + " " + (hex.isEmpty() ? "-" : hex));
    }

    private static void login() {
        print("handshake", ClientHandshakePacket.SERIALIZER,
                new ClientHandshakePacket(775, "play.example.org\0FML3\0", 65_535, ClientHandshakePacket.Intent.LOGIN));
        print("status_request", StatusRequestPacket.SERIALIZER, new StatusRequestPacket());
        print("login_start", ClientLoginStartPacket.SERIALIZER, new ClientLoginStartPacket(NAME, PLAYER));
        print("encryption_request", EncryptionRequestPacket.SERIALIZER, new EncryptionRequestPacket("abc", SIGNATURE, BYTES, true));
        print("encryption_response", ClientEncryptionResponsePacket.SERIALIZER, new ClientEncryptionResponsePacket(SIGNATURE, BYTES));
        print("login_success", LoginSuccessPacket.SERIALIZER, new LoginSuccessPacket(
                new GameProfile(PLAYER, NAME, List.of(
                        new GameProfile.Property("textures", "dGV4dHVyZXM=", "c2lnbmF0dXJl"),
                        new GameProfile.Property("forgeClient", "true"))),
                new UUID(LONG, 2)));
        print("set_compression", SetCompressionPacket.SERIALIZER, new SetCompressionPacket(256));
        print("login_plugin_request", LoginPluginRequestPacket.SERIALIZER,
                new LoginPluginRequestPacket(INT, "velocity:player_info", BYTES));
        print("login_plugin_response", ClientLoginPluginResponsePacket.SERIALIZER, new ClientLoginPluginResponsePacket(INT, BYTES));
        print("login_plugin_response.not_understood", ClientLoginPluginResponsePacket.SERIALIZER,
                new ClientLoginPluginResponsePacket(1, null));
        print("login_cookie_request", CookieRequestPacket.SERIALIZER, new CookieRequestPacket("example:token"));
        print("login_cookie_response", ClientCookieResponsePacket.SERIALIZER, new ClientCookieResponsePacket("example:token", BYTES));
        print("login_cookie_response.none", ClientCookieResponsePacket.SERIALIZER,
                new ClientCookieResponsePacket("example:token", null));
    }

    private static void configuration() {
        print("configuration_keep_alive_to_client", KeepAlivePacket.SERIALIZER, new KeepAlivePacket(LONG));
        print("configuration_keep_alive_to_server", ClientKeepAlivePacket.SERIALIZER, new ClientKeepAlivePacket(LONG));
        print("configuration_plugin_message", PluginMessagePacket.SERIALIZER,
                new PluginMessagePacket("minecraft:brand", HexFormat.of().parseHex("09496e66726172757374")));
        print("known_packs_to_client", SelectKnownPacksPacket.SERIALIZER, new SelectKnownPacksPacket(List.of(
                new SelectKnownPacksPacket.Entry("minecraft", "core", "1.21.11"), new SelectKnownPacksPacket.Entry("a", "b", ""))));
        print("known_packs_to_server", ClientSelectKnownPacksPacket.SERIALIZER,
                new ClientSelectKnownPacksPacket(List.of(new SelectKnownPacksPacket.Entry("minecraft", "core", "26.1"))));
        print("registry_tags", TagsPacket.SERIALIZER, new TagsPacket(List.of(
                new TagsPacket.Registry("minecraft:block", List.of(
                        new TagsPacket.Tag("minecraft:wool", new int[] {1, 300, 70_000}),
                        new TagsPacket.Tag("a:empty", new int[0]))),
                new TagsPacket.Registry("minecraft:fluid", List.of()))));
        print("registry_entries.known", RegistryDataPacket.SERIALIZER, new RegistryDataPacket("minecraft:dimension_type",
                List.of(new RegistryDataPacket.Entry("minecraft:overworld", null))));
        print("feature_flags", UpdateEnabledFeaturesPacket.SERIALIZER,
                new UpdateEnabledFeaturesPacket(List.of("minecraft:vanilla", "minecraft:trade_rebalance")));
        print("finish_configuration", FinishConfigurationPacket.SERIALIZER, new FinishConfigurationPacket());
    }

    private static void play() {
        print("keep_alive_to_client", KeepAlivePacket.SERIALIZER, new KeepAlivePacket(LONG));
        print("keep_alive_to_server", ClientKeepAlivePacket.SERIALIZER, new ClientKeepAlivePacket(-5));
        PlayerSpawnInfo world = new PlayerSpawnInfo(3, "minecraft:overworld", LONG, GameMode.ADVENTURE, GameMode.CREATIVE, true, false,
                new WorldPos("minecraft:the_nether", BLOCK), 300, -63);
        print("join_game", JoinGamePacket.SERIALIZER, new JoinGamePacket(INT, true,
                List.of("minecraft:overworld", "minecraft:the_end"), 1000, 10, 8, false, true, false, world, false, true));
        print("player_position", PlayerPositionAndLookPacket.SERIALIZER,
                new PlayerPositionAndLookPacket(300, new Vec(0.5, 64.25, -1e6), Vec.ZERO, -90.5f, 45, 0));
        print("spawn_position", SpawnPositionPacket.SERIALIZER,
                new SpawnPositionPacket(new WorldPos("minecraft:the_end", BLOCK), 12.5f, -3.25f));
        print("center_chunk", UpdateViewPositionPacket.SERIALIZER, new UpdateViewPositionPacket(-3, 70_000));
        print("chunk_batch_start", ChunkBatchStartPacket.SERIALIZER, new ChunkBatchStartPacket());
        print("chunk_batch_finished", ChunkBatchFinishedPacket.SERIALIZER, new ChunkBatchFinishedPacket(300));
        print("empty_chunk", emptyChunk());
        print("game_event", ChangeGameStatePacket.SERIALIZER,
                new ChangeGameStatePacket(ChangeGameStatePacket.Reason.CHANGE_GAMEMODE, 2.5f));
        print("game_event.chunks_follow", ChangeGameStatePacket.SERIALIZER,
                new ChangeGameStatePacket(ChangeGameStatePacket.Reason.LEVEL_CHUNKS_LOAD_START, 0));
        print("abilities", PlayerAbilitiesPacket.SERIALIZER, new PlayerAbilitiesPacket((byte) 7, 0.05f, 0.1f));
        print("health", UpdateHealthPacket.SERIALIZER, new UpdateHealthPacket(19.5f, 18, 5));
    }

    private static void leftovers() {
        UUID carol = new UUID(3, 4);
        print("resource_pack.add", ResourcePackPushPacket.SERIALIZER,
                new ResourcePackPushPacket(carol, "https://example.org/pack.zip", "ab".repeat(20), true, null));
        print("resource_pack.clear", ResourcePackPopPacket.SERIALIZER, new ResourcePackPopPacket(carol));
    }

    /** One tree with the root in front, once without and once with the commands {@code infrarust} and {@code ir}. */
    private static void commands() {
        List<Node> theirs = List.of(
                node(NodeType.ROOT, null, 1, 2, 3),
                node(NodeType.LITERAL, "give", 4, 5, 6, 7, 8, 9),
                node(NodeType.LITERAL, "ir", 4),
                node(NodeType.LITERAL, "help"),
                argument("bool", ArgumentParserType.BOOL),
                argument("number", ArgumentParserType.INTEGER, 2, -1, -1, -1, -1),
                argument("who", ArgumentParserType.ENTITY, 3),
                argument("when", ArgumentParserType.TIME, 0, 0, 0, 0),
                argument("what", ArgumentParserType.RESOURCE, 3, 'a', ':', 'b'),
                argument("id", ArgumentParserType.UUID));
        tree("root_first", theirs);
        List<Node> all = new ArrayList<>(theirs);
        all.set(0, node(NodeType.ROOT, null, 1, 3, 11, 12));
        Node argument = argument("arguments", ArgumentParserType.STRING, 2);
        argument.flags = DeclareCommandsPacket.getFlag(NodeType.ARGUMENT, true, false, true);
        argument.suggestionsType = "minecraft:ask_server";
        all.add(argument);
        for (String name : List.of("infrarust", "ir")) {
            Node command = node(NodeType.LITERAL, name, 10);
            command.flags = DeclareCommandsPacket.getFlag(NodeType.LITERAL, true, false, false);
            all.add(command);
        }
        tree("root_first.extended", all);
    }

    private static void tree(String name, List<Node> nodes) {
        print(name, DeclareCommandsPacket.SERIALIZER, new DeclareCommandsPacket(nodes, 0));
    }

    private static Node node(NodeType type, String name, int... children) {
        Node node = new Node();
        node.flags = DeclareCommandsPacket.getFlag(type, false, false, false);
        node.name = name;
        node.children = children;
        return node;
    }

    private static Node argument(String name, ArgumentParserType parser, int... properties) {
        Node node = node(NodeType.ARGUMENT, name);
        node.parser = parser;
        node.properties = new byte[properties.length];
        for (int i = 0; i < properties.length; i++) {
            node.properties[i] = (byte) properties[i];
        }
        return node;
    }

    private static byte[] emptyChunk() {
        List<Heightmap.Type> types = List.of(
                Heightmap.Type.WORLD_SURFACE, Heightmap.Type.MOTION_BLOCKING, Heightmap.Type.MOTION_BLOCKING_NO_LEAVES);
        Map<Heightmap.Type, long[]> heights = new LinkedHashMap<>();
        types.forEach(type -> heights.put(type, new long[HEIGHTS]));
        byte[] section = {0, 0, 0, 0, 0, 0, 0, 5};
        byte[] sections = new byte[2 * section.length];
        System.arraycopy(section, 0, sections, 0, section.length);
        System.arraycopy(section, 0, sections, section.length, section.length);
        BitSet all = new BitSet();
        all.set(0, 4);
        byte[] bytes = NetworkBuffer.makeArray(ChunkDataPacket.SERIALIZER, new ChunkDataPacket(-3, 70_000,
                new ChunkData(heights, sections, Map.of()),
                new LightData(new BitSet(), new BitSet(), all, all, List.of(), List.of())));
        // The maps come in any order, another one at each start. All heights are 0, so sorting them is naming them anew;
        // before them are two coordinates and their count, in each is its kind and the count of its numbers.
        for (int i = 0; i < types.size(); i++) {
            bytes[2 * Integer.BYTES + 1 + i * (2 + HEIGHTS * Long.BYTES)] = (byte) new int[] {1, 4, 5}[i];
        }
        return bytes;
    }
}
