package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.List;
import java.util.Optional;

/**
 * The packet that starts the game, as it is since 1.20.5: "Login (play)" of the protocol's documentation (minecraft.wiki, Java
 * Edition protocol).
 *
 * @param game what holds for the whole stay
 * @param world the world that the player is put into
 * @param onlineMode whether accounts are checked; since 26.2 (read off a server of that version)
 * @param secureChat whether unsigned chat is refused
 */
public record JoinGame(Game game, World world, boolean onlineMode, boolean secureChat) {

    private static final int MAX_LEVELS = 1024;
    private static final int NO_MODE = -1;

    /**
     * What holds for the whole stay.
     *
     * @param entity the number of the player's own entity
     * @param hardcore only shown
     * @param levels the names of all worlds
     * @param distances sizes
     * @param rules switches
     */
    public record Game(int entity, boolean hardcore, List<String> levels, Distances distances, Rules rules) {
        static final Layout<Game> LAYOUT = Layout.fields(
                Layout.INT,
                Game::entity,
                Layout.BOOLEAN,
                Game::hardcore,
                Layout.string(Wire.MAX_STRING).list(MAX_LEVELS),
                Game::levels,
                Distances.LAYOUT,
                Game::distances,
                Rules.LAYOUT,
                Game::rules,
                Game::new);
    }

    /**
     * Sizes.
     *
     * @param maxPlayers not read by clients any more
     * @param view in chunks
     * @param simulation in chunks
     */
    public record Distances(int maxPlayers, int view, int simulation) {
        static final Layout<Distances> LAYOUT = Layout.fields(
                Layout.VAR_INT,
                Distances::maxPlayers,
                Layout.VAR_INT,
                Distances::view,
                Layout.VAR_INT,
                Distances::simulation,
                Distances::new);
    }

    /**
     * Switches.
     *
     * @param reducedDebug less on the debug screen
     * @param respawnScreen whether the client asks before it respawns
     * @param limitedCrafting only known recipes
     */
    public record Rules(boolean reducedDebug, boolean respawnScreen, boolean limitedCrafting) {
        static final Layout<Rules> LAYOUT = Layout.fields(
                Layout.BOOLEAN,
                Rules::reducedDebug,
                Layout.BOOLEAN,
                Rules::respawnScreen,
                Layout.BOOLEAN,
                Rules::limitedCrafting,
                Rules::new);
    }

    /**
     * The world that the player is put into.
     *
     * @param dimensionType its number in the registry of dimension types
     * @param name its name
     * @param seed hashed; decides where biomes blend
     * @param modes of the player
     * @param shape of the world
     */
    public record World(int dimensionType, String name, long seed, Modes modes, Shape shape) {
        static Layout<World> layout(Layout<Modes> modes, Layout<Shape> shape) {
            return Layout.fields(
                    Layout.VAR_INT,
                    World::dimensionType,
                    Layout.string(Wire.MAX_STRING),
                    World::name,
                    Layout.LONG,
                    World::seed,
                    modes,
                    World::modes,
                    shape,
                    World::shape,
                    World::new);
        }
    }

    /**
     * Game modes: 0 survival, 1 creative, 2 adventure, 3 spectator.
     *
     * @param current now
     * @param previous before, or −1
     */
    public record Modes(int current, int previous) {
        static final Layout<Integer> BYTE =
                Layout.UNSIGNED_BYTE.map(mode -> (int) mode.byteValue(), mode -> mode & 0xFF);
        /** Since 26.3, 0 says that there is none, and modes are counted from 1. */
        static final Layout<Integer> OPTIONAL_VAR_INT = Layout.VAR_INT.map(read -> read - 1, mode -> mode + 1);

        static Layout<Modes> layout(Layout<Integer> current, Layout<Integer> previous) {
            return Layout.fields(current, Modes::current, previous, Modes::previous, Modes::new);
        }

        /** A mode without one before it. */
        public static Modes of(int current) {
            return new Modes(current, NO_MODE);
        }
    }

    /**
     * How the world looks.
     *
     * @param debug the world of all block states
     * @param flat the horizon is at 0 instead of 63
     * @param death where the player died last
     * @param portalCooldown in ticks
     * @param seaLevel since 1.21.2
     */
    public record Shape(boolean debug, boolean flat, Optional<Place> death, int portalCooldown, int seaLevel) {
        static Layout<Shape> layout(Layout<Integer> seaLevel) {
            return Layout.fields(
                    Layout.BOOLEAN,
                    Shape::debug,
                    Layout.BOOLEAN,
                    Shape::flat,
                    Place.LAYOUT.optional(),
                    Shape::death,
                    Layout.VAR_INT,
                    Shape::portalCooldown,
                    seaLevel,
                    Shape::seaLevel,
                    Shape::new);
        }
    }

    /** Wire layout. */
    public static final PacketLayout<JoinGame> LAYOUT = PacketLayout.<JoinGame>none(
                    PacketType.CLIENTBOUND_PLAY_JOIN_GAME)
            .since(
                    ProtocolVersion.V1_20_5,
                    template(Modes.layout(Modes.BYTE, Modes.BYTE), Layout.absent(0), Layout.absent(false)))
            .since(
                    ProtocolVersion.V1_21_2,
                    template(Modes.layout(Modes.BYTE, Modes.BYTE), Layout.VAR_INT, Layout.absent(false)))
            .since(
                    ProtocolVersion.V26_2,
                    template(Modes.layout(Modes.BYTE, Modes.BYTE), Layout.VAR_INT, Layout.BOOLEAN))
            .since(
                    ProtocolVersion.V26_3,
                    template(Modes.layout(Layout.VAR_INT, Modes.OPTIONAL_VAR_INT), Layout.VAR_INT, Layout.BOOLEAN));

    private static Layout<JoinGame> template(
            Layout<Modes> modes, Layout<Integer> seaLevel, Layout<Boolean> onlineMode) {
        return Layout.fields(
                Game.LAYOUT,
                JoinGame::game,
                World.layout(modes, Shape.layout(seaLevel)),
                JoinGame::world,
                onlineMode,
                JoinGame::onlineMode,
                Layout.BOOLEAN,
                JoinGame::secureChat,
                JoinGame::new);
    }
}
