package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/**
 * The world that a player is in, as versions before 1.16 tell it: its dimension is one of three numbers. Read from the packet
 * that starts the game, written into a respawn.
 *
 * @param dimension −1, 0 or 1, or what mods add
 * @param seed hashed; since 1.15
 * @param difficulty until 1.13.2
 * @param mode the game mode, without the mark of hardcore worlds
 * @param type the level type
 */
public record NumberedWorld(int dimension, long seed, int difficulty, int mode, String type) {

    private static final int MAX_TYPE = 16;
    private static final int V1_9_1 = 108;
    private static final int V1_14 = 477;
    private static final int V1_15 = 573;

    /** The bit of the game mode that marks a hardcore world. */
    private static final int HARDCORE = 8;

    private static final Layout<Integer> BYTE =
            Layout.UNSIGNED_BYTE.map(read -> (int) read.byteValue(), value -> value & 0xFF);
    private static final Layout<Integer> MODE = Layout.UNSIGNED_BYTE.map(read -> read & ~HARDCORE, value -> value);
    private static final Layout<Integer> NO_NUMBER = Layout.absent(0);
    private static final Layout<Long> NO_SEED = Layout.absent(0L);

    /** The packet that starts the game, for reading; what follows the level type is left. */
    public static final PacketLayout<NumberedWorld> JOIN_GAME = PacketLayout.always(
                    PacketType.CLIENTBOUND_PLAY_JOIN_GAME, joinGame(BYTE, NO_SEED, Layout.UNSIGNED_BYTE))
            .since(V1_9_1, joinGame(Layout.INT, NO_SEED, Layout.UNSIGNED_BYTE))
            .since(V1_14, joinGame(Layout.INT, NO_SEED, NO_NUMBER))
            .since(V1_15, joinGame(Layout.INT, Layout.LONG, NO_NUMBER));

    /** A new life in a world, for writing. */
    public static final PacketLayout<NumberedWorld> RESPAWN = PacketLayout.always(
                    PacketType.CLIENTBOUND_PLAY_RESPAWN, respawn(NO_SEED, Layout.UNSIGNED_BYTE))
            .since(V1_14, respawn(NO_SEED, NO_NUMBER))
            .since(V1_15, respawn(Layout.LONG, NO_NUMBER));

    /** The same in another dimension, which makes clients throw away the one that they are in. */
    public NumberedWorld elsewhere() {
        return new NumberedWorld(dimension == 0 ? -1 : 0, seed, difficulty, mode, type);
    }

    private static Layout<NumberedWorld> joinGame(
            Layout<Integer> dimension, Layout<Long> seed, Layout<Integer> difficulty) {
        return reading(in -> {
            Layout.INT.read(in); // the player's own entity
            int mode = MODE.read(in);
            int where = dimension.read(in);
            long hashed = seed.read(in);
            int hard = difficulty.read(in);
            Layout.UNSIGNED_BYTE.read(in); // how many players there may be
            return new NumberedWorld(where, hashed, hard, mode, Wire.readString(in, MAX_TYPE));
        });
    }

    static <T> Layout<T> reading(Function<ByteBuf, T> reader) {
        return Layout.of(
                (out, value) -> {
                    throw new UnsupportedOperationException("The proxy passes this packet on as it came");
                },
                reader::apply);
    }

    private static Layout<NumberedWorld> respawn(Layout<Long> seed, Layout<Integer> difficulty) {
        return Layout.fields(
                Layout.INT,
                NumberedWorld::dimension,
                seed,
                NumberedWorld::seed,
                difficulty,
                NumberedWorld::difficulty,
                Layout.UNSIGNED_BYTE,
                NumberedWorld::mode,
                Layout.string(MAX_TYPE),
                NumberedWorld::type,
                NumberedWorld::new);
    }
}
