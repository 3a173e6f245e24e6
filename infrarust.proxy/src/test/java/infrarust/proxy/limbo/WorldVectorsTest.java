package infrarust.proxy.limbo;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.nbt.Tag;
import infrarust.proxy.protocol.packet.Abilities;
import infrarust.proxy.protocol.packet.CenterChunk;
import infrarust.proxy.protocol.packet.ChunkBatchFinished;
import infrarust.proxy.protocol.packet.EmptyChunk;
import infrarust.proxy.protocol.packet.FeatureFlags;
import infrarust.proxy.protocol.packet.GameEvent;
import infrarust.proxy.protocol.packet.Health;
import infrarust.proxy.protocol.packet.JoinGame;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.Place;
import infrarust.proxy.protocol.packet.PlayerPosition;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.RegistryEntries;
import infrarust.proxy.protocol.packet.RegistryTags;
import infrarust.proxy.protocol.packet.SpawnPosition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of the limbo, byte for byte as node-minecraft-protocol writes it ({@code tools/world-vectors.mjs}). */
class WorldVectorsTest {

    private static final String END = "minecraft:the_end";

    private record Sample<T>(PacketLayout<T> layout, T packet) {
        String written(int protocol) {
            ByteBuf out = layout.encode(ByteBufAllocator.DEFAULT, FakeLimboClient.PACKETS.ids(protocol), packet);
            try {
                return ByteBufUtil.hexDump(out);
            } finally {
                out.release();
            }
        }
    }

    private static final JoinGame JOIN = new JoinGame(
            new JoinGame.Game(
                    1, false, List.of(END), new JoinGame.Distances(1, 2, 2), new JoinGame.Rules(false, true, false)),
            new JoinGame.World(
                    3, END, 0, JoinGame.Modes.of(2), new JoinGame.Shape(false, true, Optional.empty(), 0, 0)),
            false,
            false);

    private static Map<String, Sample<?>> samples() {
        Map<String, Sample<?>> samples = new LinkedHashMap<>();
        samples.put(
                "custom_payload",
                new Sample<>(PluginMessage.CONFIGURATION_CLIENTBOUND, PluginMessage.brand("Infrarust")));
        samples.put("feature_flags", new Sample<>(FeatureFlags.LAYOUT, new FeatureFlags(List.of("minecraft:vanilla"))));
        samples.put(
                "select_known_packs",
                new Sample<>(
                        KnownPacks.CLIENTBOUND,
                        new KnownPacks(List.of(
                                new KnownPacks.Pack("minecraft", "core", "one"),
                                new KnownPacks.Pack("minecraft", "core", "two")))));
        Map<String, Tag> data = new LinkedHashMap<>();
        data.put("i", new Tag.OfInt(5));
        data.put("f", new Tag.OfByte((byte) 1));
        data.put("s", new Tag.OfString("ü"));
        samples.put(
                "registry_data",
                new Sample<>(
                        RegistryEntries.LAYOUT,
                        new RegistryEntries(
                                "minecraft:x",
                                List.of(
                                        new RegistryEntries.Entry("minecraft:a", Optional.empty()),
                                        new RegistryEntries.Entry(
                                                "minecraft:b", Optional.of(new Tag.OfCompound(data)))))));
        samples.put(
                "tags",
                new Sample<>(
                        RegistryTags.LAYOUT,
                        new RegistryTags(List.of(new RegistryTags.OfRegistry(
                                "minecraft:x",
                                List.of(
                                        new RegistryTags.NamedTag("minecraft:t", List.of(0, 300)),
                                        new RegistryTags.NamedTag("minecraft:u", List.of())))))));
        samples.put("finish_configuration", new Sample<>(Marker.FINISH_CONFIGURATION, Marker.MARKER));
        samples.put("login", new Sample<>(JoinGame.LAYOUT, JOIN));
        samples.put("abilities", new Sample<>(Abilities.LAYOUT, new Abilities(7, 0, 0.1f)));
        samples.put(
                "spawn_position",
                new Sample<>(
                        SpawnPosition.LAYOUT, new SpawnPosition(new Place(END, new Place.Block(8, 64, -8)), 0, 0)));
        samples.put(
                "position",
                new Sample<>(
                        PlayerPosition.LAYOUT, new PlayerPosition(1, new PlayerPosition.Vector(8.5, 64, 8.5), 0, 0)));
        samples.put("update_view_position", new Sample<>(CenterChunk.LAYOUT, new CenterChunk(0, 0)));
        samples.put("game_state_change", new Sample<>(GameEvent.LAYOUT, new GameEvent(GameEvent.CHUNKS_FOLLOW, 0)));
        samples.put("chunk_batch_start", new Sample<>(Marker.CHUNK_BATCH_START, Marker.MARKER));
        samples.put("chunk_batch_finished", new Sample<>(ChunkBatchFinished.LAYOUT, new ChunkBatchFinished(9)));
        samples.put("map_chunk", new Sample<>(EmptyChunk.LAYOUT, new EmptyChunk(-1, 1, 16, 9)));
        samples.put("update_health", new Sample<>(Health.LAYOUT, new Health(20, 20, 5)));
        samples.put("keep_alive", new Sample<>(KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(1)));
        return samples;
    }

    static Stream<Arguments> vectors() {
        var file = Objects.requireNonNull(WorldVectorsTest.class.getResourceAsStream("world-vectors.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> Arguments.of((Object[]) line.split(" "))).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("vectors")
    void is_written_as_another_implementation_writes_it(int protocol, String name, String expected) {
        assertThat(Objects.requireNonNull(samples().get(name)).written(protocol))
                .isEqualTo(expected);
    }

    @Test
    void since_26_2_the_join_says_whether_accounts_are_checked() {
        String before = new Sample<>(JoinGame.LAYOUT, JOIN).written(775);
        var checked = new JoinGame(JOIN.game(), JOIN.world(), true, false);

        assertThat(new Sample<>(JoinGame.LAYOUT, JOIN).written(776)).isEqualTo(before + "00");
        assertThat(new Sample<>(JoinGame.LAYOUT, checked).written(776))
                .isEqualTo(before.substring(0, before.length() - 2) + "0100");
    }

    @Nested
    class In_26_3 {

        @Test
        void game_modes_are_var_ints_and_the_previous_one_is_counted_from_one() {
            String before = new Sample<>(JoinGame.LAYOUT, JOIN).written(776);
            String since = new Sample<>(JoinGame.LAYOUT, JOIN).written(777);
            assertThat(since).isEqualTo(before.replaceFirst("^31", "32").replaceFirst("02ff0001", "02000001"));

            ByteBuf packet = JoinGame.LAYOUT.encode(ByteBufAllocator.DEFAULT, FakeLimboClient.PACKETS.ids(777), JOIN);
            packet.skipBytes(1);
            assertThat(JoinGame.LAYOUT.read(packet, FakeLimboClient.PACKETS.ids(777)))
                    .isEqualTo(JOIN);
            packet.release();
        }

        @Test
        void light_masks_are_bytes() {
            var chunk = new Sample<>(EmptyChunk.LAYOUT, new EmptyChunk(0, 0, 16, 9));
            assertThat(chunk.written(776))
                    .endsWith("00" + "00" + "00" + "01000000000003ffff" + "01000000000003ffff" + "00" + "00");
            assertThat(chunk.written(777)).endsWith("00" + "00" + "00" + "03ffff03" + "03ffff03" + "00" + "00");
        }
    }
}
