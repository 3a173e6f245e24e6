package infrarust.proxy.limbo;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.packet.Abilities;
import infrarust.proxy.protocol.packet.CenterChunk;
import infrarust.proxy.protocol.packet.ChunkBatchFinished;
import infrarust.proxy.protocol.packet.EmptyChunk;
import infrarust.proxy.protocol.packet.FeatureFlags;
import infrarust.proxy.protocol.packet.GameEvent;
import infrarust.proxy.protocol.packet.Health;
import infrarust.proxy.protocol.packet.JoinGame;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.Place;
import infrarust.proxy.protocol.packet.PlayerPosition;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.RegistryEntries;
import infrarust.proxy.protocol.packet.RegistryTags;
import infrarust.proxy.protocol.packet.SpawnPosition;
import infrarust.proxy.session.LimboClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the limbo says to a client of one protocol number, beside keep-alives: ids and bodies, ready to be sent to any
 * number of clients, in the order in which a server of that version says it. Immutable; any thread.
 */
final class WorldPackets {

    private static final String BRAND = "Infrarust";
    private static final String CORE_NAMESPACE = "minecraft";
    private static final String CORE = "core";
    private static final String DIMENSION = "minecraft:the_end";
    private static final String BIOME = "minecraft:the_end";

    private static final int ENTITY = 1;
    private static final int ADVENTURE = 2;
    /** The smallest that clients accept. */
    private static final int DISTANCE = 2;
    /** Of the End: 256 blocks. */
    private static final int SECTIONS = 16;

    private static final int SPAWN_X = 8;
    private static final int SPAWN_Y = 64;
    private static final int SPAWN_Z = 8;
    private static final int TELEPORT = 1;
    /** The player's chunk and its neighbours: a client draws a chunk, and ends its loading screen, once it has those around. */
    private static final int CHUNKS_AROUND = 1;

    private static final float FULL_HEALTH = 20;
    private static final int FULL_FOOD = 20;
    private static final float FULL_SATURATION = 5;
    private static final float NORMAL_VIEW = 0.1f;

    private final KnownPacks offer;
    private final List<byte[]> greeting;
    private final List<byte[]> shortRegistries;
    private final Optional<List<byte[]>> fullRegistries;
    private final List<byte[]> game;

    private WorldPackets(
            KnownPacks offer,
            List<byte[]> greeting,
            List<byte[]> shortRegistries,
            Optional<List<byte[]>> fullRegistries,
            List<byte[]> game) {
        this.offer = offer;
        this.greeting = greeting;
        this.shortRegistries = shortRegistries;
        this.fullRegistries = fullRegistries;
        this.game = game;
    }

    /** Makes the packets of a protocol number from its registries. */
    static WorldPackets of(PacketIds ids, RegistryResource registries) {
        var offer = new KnownPacks(registries.packs().stream()
                .map(version -> new KnownPacks.Pack(CORE_NAMESPACE, CORE, version))
                .toList());
        var greeting = new Sequence(ids);
        greeting.add(PluginMessage.CONFIGURATION_CLIENTBOUND, PluginMessage.brand(BRAND));
        greeting.add(FeatureFlags.LAYOUT, new FeatureFlags(List.of("minecraft:vanilla")));
        greeting.add(KnownPacks.CLIENTBOUND, offer);
        return new WorldPackets(
                offer,
                greeting.packets,
                registries(ids, registries, true),
                registries.hasAllData() ? Optional.of(registries(ids, registries, false)) : Optional.empty(),
                game(ids, registries));
    }

    private static List<byte[]> registries(PacketIds ids, RegistryResource registries, boolean packKnown) {
        var sequence = new Sequence(ids);
        for (RegistryEntries registry : registries.packets(packKnown)) {
            sequence.add(RegistryEntries.LAYOUT, registry);
        }
        sequence.add(RegistryTags.LAYOUT, registries.tags());
        sequence.add(Marker.FINISH_CONFIGURATION, Marker.MARKER);
        return sequence.packets;
    }

    private static List<byte[]> game(PacketIds ids, RegistryResource registries) {
        int dimension = registries.registry("minecraft:dimension_type").number(DIMENSION);
        int biome = registries.registry("minecraft:worldgen/biome").number(BIOME);
        var sequence = new Sequence(ids);
        sequence.add(
                JoinGame.LAYOUT,
                new JoinGame(
                        new JoinGame.Game(
                                ENTITY,
                                false,
                                List.of(DIMENSION),
                                new JoinGame.Distances(1, DISTANCE, DISTANCE),
                                new JoinGame.Rules(false, true, false)),
                        new JoinGame.World(
                                dimension,
                                DIMENSION,
                                0,
                                JoinGame.Modes.of(ADVENTURE),
                                new JoinGame.Shape(false, true, Optional.empty(), 0, 0)),
                        false,
                        false));
        // Nothing to stand on: the player hovers, and a speed of 0 keeps it where it is.
        sequence.add(
                Abilities.LAYOUT,
                new Abilities(Abilities.INVULNERABLE | Abilities.FLYING | Abilities.MAY_FLY, 0, NORMAL_VIEW));
        sequence.add(
                SpawnPosition.LAYOUT,
                new SpawnPosition(new Place(DIMENSION, new Place.Block(SPAWN_X, SPAWN_Y, SPAWN_Z)), 0, 0));
        sequence.add(
                PlayerPosition.LAYOUT,
                new PlayerPosition(TELEPORT, new PlayerPosition.Vector(SPAWN_X + 0.5, SPAWN_Y, SPAWN_Z + 0.5), 0, 0));
        sequence.add(CenterChunk.LAYOUT, new CenterChunk(0, 0));
        sequence.add(GameEvent.LAYOUT, new GameEvent(GameEvent.CHUNKS_FOLLOW, 0));
        sequence.add(Marker.CHUNK_BATCH_START, Marker.MARKER);
        int chunks = 0;
        for (int x = -CHUNKS_AROUND; x <= CHUNKS_AROUND; x++) {
            for (int z = -CHUNKS_AROUND; z <= CHUNKS_AROUND; z++) {
                sequence.add(EmptyChunk.LAYOUT, new EmptyChunk(x, z, SECTIONS, biome));
                chunks++;
            }
        }
        sequence.add(ChunkBatchFinished.LAYOUT, new ChunkBatchFinished(chunks));
        sequence.add(Health.LAYOUT, new Health(FULL_HEALTH, FULL_FOOD, FULL_SATURATION));
        return sequence.packets;
    }

    /** Packets in their order. */
    private static final class Sequence {
        private final PacketIds ids;
        private final List<byte[]> packets = new ArrayList<>();

        Sequence(PacketIds ids) {
            this.ids = ids;
        }

        <T> void add(PacketLayout<T> layout, T packet) {
            ByteBuf encoded = layout.encode(UnpooledByteBufAllocator.DEFAULT, ids, packet);
            byte[] bytes = new byte[encoded.readableBytes()];
            encoded.readBytes(bytes).release();
            packets.add(bytes);
        }
    }

    /** Sends what begins the configuration; it ends with the question which packs the client has. */
    void greet(LimboClient client) {
        send(client, greeting);
    }

    /**
     * Sends registries, tags and the end of the configuration.
     *
     * @param answer the packs that the client has
     * @return false, and nothing is sent, when the client lacks a pack that nothing stands in for
     */
    boolean configure(LimboClient client, KnownPacks answer) {
        if (answer.packs().stream().anyMatch(offer.packs()::contains)) {
            send(client, shortRegistries);
            return true;
        }
        fullRegistries.ifPresent(packets -> send(client, packets));
        return fullRegistries.isPresent();
    }

    /** Sends all that puts the player into the world. */
    void join(LimboClient client) {
        send(client, game);
    }

    private static void send(LimboClient client, List<byte[]> packets) {
        for (byte[] packet : packets) {
            client.send(Unpooled.wrappedBuffer(packet));
        }
        client.flush();
    }
}
