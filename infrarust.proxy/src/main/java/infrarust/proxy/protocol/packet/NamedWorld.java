package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * The world that a player is in, as 1.16 to 1.20.1 tell it: by the name of its dimension type, or the whole type. Read from the
 * packet that starts the game, written into a respawn. Since 1.20.2 players change servers through the
 * configuration state, and nobody makes one from the other.
 *
 * @param dimension type and name
 * @param seed hashed
 * @param modes of the player
 * @param shape of the world; without a sea level
 */
public record NamedWorld(Dimension dimension, long seed, JoinGame.Modes modes, JoinGame.Shape shape) {

    private static final int MAX_LEVELS = 1024;
    private static final int V1_16_2 = 751;
    private static final int V1_18 = 757;
    private static final int V1_20 = 763;

    /** The bit of the game mode that marks a hardcore world, until 1.16.1. */
    private static final int HARDCORE = 8;

    /** What the player keeps when it respawns: nothing. */
    private static final int NOTHING_KEPT = 0;

    /**
     * Type and name of a world.
     *
     * @param type the name of its dimension type or, in 1.16.2 to 1.18.2, the type itself in NBT; as it lies on the wire
     * @param level the world's name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
    public record Dimension(byte[] type, String level) {
        static Layout<Dimension> layout(Layout<byte[]> type) {
            return Layout.fields(
                    type, Dimension::type, Layout.string(Wire.MAX_STRING), Dimension::level, Dimension::new);
        }
    }

    private static final Layout<Dimension> BY_NAME = Dimension.layout(as(in -> Wire.readString(in, Wire.MAX_STRING)));
    private static final Layout<Dimension> WHOLE = Dimension.layout(as(in -> NetworkNbt.skip(in, V1_16_2)));
    private static final Layout<JoinGame.Modes> MODES = JoinGame.Modes.layout(
            Layout.UNSIGNED_BYTE.map(mode -> mode & ~HARDCORE, mode -> mode), JoinGame.Modes.BYTE);
    private static final Layout<List<String>> LEVELS =
            Layout.string(Wire.MAX_STRING).list(MAX_LEVELS);
    private static final Layout<Optional<Place>> NO_DEATH = Layout.absent(Optional.empty());
    private static final Layout<Optional<Place>> DEATH = Place.LAYOUT.optional();
    private static final Layout<Integer> NO_COOLDOWN = Layout.absent(0);

    /** The packet that starts the game, for reading. */
    public static final PacketLayout<NamedWorld> JOIN_GAME = PacketLayout.<NamedWorld>none(
                    PacketType.CLIENTBOUND_PLAY_JOIN_GAME)
            .since(ProtocolVersion.V1_16, joinGame(0, Layout.UNSIGNED_BYTE, BY_NAME, 1, NO_DEATH, NO_COOLDOWN))
            .since(V1_16_2, joinGame(1, Layout.VAR_INT, WHOLE, 1, NO_DEATH, NO_COOLDOWN))
            .since(V1_18, joinGame(1, Layout.VAR_INT, WHOLE, 2, NO_DEATH, NO_COOLDOWN))
            .since(ProtocolVersion.V1_19, joinGame(1, Layout.VAR_INT, BY_NAME, 2, DEATH, NO_COOLDOWN))
            .since(V1_20, joinGame(1, Layout.VAR_INT, BY_NAME, 2, DEATH, Layout.VAR_INT));

    /** A new life in a world, for writing. */
    public static final PacketLayout<NamedWorld> RESPAWN = PacketLayout.<NamedWorld>none(
                    PacketType.CLIENTBOUND_PLAY_RESPAWN)
            .since(ProtocolVersion.V1_16, respawn(BY_NAME, NO_DEATH, NO_COOLDOWN))
            .since(V1_16_2, respawn(WHOLE, NO_DEATH, NO_COOLDOWN))
            .since(ProtocolVersion.V1_19, respawn(BY_NAME, DEATH, NO_COOLDOWN))
            .since(V1_20, respawn(BY_NAME, DEATH, Layout.VAR_INT));

    /** Moves over one value. */
    @FunctionalInterface
    private interface Skip {
        void over(ByteBuf in);
    }

    /** The bytes that a value takes on the wire. */
    private static Layout<byte[]> as(Skip value) {
        return Layout.of(ByteBuf::writeBytes, in -> {
            int start = in.readerIndex();
            value.over(in);
            byte[] bytes = new byte[in.readerIndex() - start];
            in.getBytes(start, bytes);
            return bytes;
        });
    }

    /**
     * @param flags how many bytes of flags there are before the game mode
     * @param distances how many distances there are
     */
    private static Layout<NamedWorld> joinGame(
            int flags,
            Layout<Integer> maxPlayers,
            Layout<Dimension> dimension,
            int distances,
            Layout<Optional<Place>> death,
            Layout<Integer> cooldown) {
        return NumberedWorld.reading(in -> {
            Layout.INT.read(in); // the player's own entity
            skip(in, flags);
            JoinGame.Modes modes = MODES.read(in);
            LEVELS.read(in);
            NetworkNbt.skip(in, ProtocolVersion.V1_16); // the registries
            Dimension where = dimension.read(in);
            long seed = Layout.LONG.read(in);
            maxPlayers.read(in);
            for (int i = 0; i < distances; i++) {
                Wire.readVarInt(in);
            }
            skip(in, 2); // less on the debug screen; whether the client asks before it respawns
            boolean debug = Layout.BOOLEAN.read(in);
            boolean flat = Layout.BOOLEAN.read(in);
            return new NamedWorld(
                    where, seed, modes, new JoinGame.Shape(debug, flat, death.read(in), cooldown.read(in), 0));
        });
    }

    private static void skip(ByteBuf in, int bytes) {
        Wire.need(in, bytes);
        in.skipBytes(bytes);
    }

    private static Layout<NamedWorld> respawn(
            Layout<Dimension> dimension, Layout<Optional<Place>> death, Layout<Integer> cooldown) {
        Layout<JoinGame.Shape> shape = Layout.fields(
                Layout.BOOLEAN,
                JoinGame.Shape::debug,
                Layout.BOOLEAN,
                JoinGame.Shape::flat,
                // A boolean until 1.19.2, bits since.
                Layout.UNSIGNED_BYTE,
                ignored -> NOTHING_KEPT,
                death,
                JoinGame.Shape::death,
                cooldown,
                JoinGame.Shape::portalCooldown,
                (debug, flat, kept, where, ticks) -> new JoinGame.Shape(debug, flat, where, ticks, 0));
        return Layout.fields(
                dimension,
                NamedWorld::dimension,
                Layout.LONG,
                NamedWorld::seed,
                MODES,
                NamedWorld::modes,
                shape,
                NamedWorld::shape,
                NamedWorld::new);
    }
}
