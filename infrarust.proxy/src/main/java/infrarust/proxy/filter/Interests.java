package infrarust.proxy.filter;

import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts what plugins want to see into the numbers of one version. */
final class Interests {

    private Interests() {}

    /**
     * What is wanted in one state and direction.
     *
     * @throws IllegalArgumentException if a name is none that the proxy knows
     */
    static Interest in(PacketInterest wanted, PacketIds version, PacketDirection direction, PacketState state) {
        BitSet ids = new BitSet();
        return collect(wanted, version, direction, state, ids) ? Interest.ALL : Interest.ofIds(ids);
    }

    /** Adds to the ids, and answers whether all are wanted. */
    private static boolean collect(
            PacketInterest wanted, PacketIds version, PacketDirection direction, PacketState state, BitSet ids) {
        return switch (wanted) {
            case PacketInterest.All() -> true;
            case PacketInterest.AllIn(PacketState other) -> other == state;
            case PacketInterest.Ids some -> {
                if (some.state() == state) {
                    some.ids().forEach(ids::set);
                }
                yield false;
            }
            case PacketInterest.Names some -> {
                for (String name : some.names()) {
                    PacketType type = named(direction, some.state(), name);
                    if (some.state() == state && version.has(type)) {
                        ids.set(version.id(type));
                    }
                }
                yield false;
            }
            case PacketInterest.Any any -> {
                boolean all = false;
                for (PacketInterest one : any.of()) {
                    all |= collect(one, version, direction, state, ids);
                }
                yield all;
            }
        };
    }

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one is none that the proxy knows; it names those that it does
     */
    static void check(PacketInterest wanted, PacketDirection direction) {
        switch (wanted) {
            case PacketInterest.Names some -> some.names().forEach(name -> named(direction, some.state(), name));
            case PacketInterest.Any any -> any.of().forEach(one -> check(one, direction));
            case PacketInterest.All _, PacketInterest.AllIn _, PacketInterest.Ids _ -> {}
        }
    }

    /** In words, for operators. */
    static String text(PacketInterest wanted) {
        return switch (wanted) {
            case PacketInterest.All() -> "all";
            case PacketInterest.AllIn(PacketState state) -> "all of " + text(state);
            case PacketInterest.Ids some ->
                text(some.state())
                        + some.ids().stream()
                                .sorted()
                                .map(id -> " 0x%02X".formatted(id))
                                .collect(Collectors.joining());
            case PacketInterest.Names some ->
                text(some.state())
                        + some.names().stream().sorted().map(name -> " " + name).collect(Collectors.joining());
            case PacketInterest.Any any ->
                any.of().isEmpty()
                        ? "nothing"
                        : any.of().stream().map(Interests::text).sorted().collect(Collectors.joining(", "));
        };
    }

    private static String text(PacketState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the proxy knows no packet of that name */
    static PacketType named(PacketDirection direction, PacketState state, String name) {
        String wanted = prefix(direction, state) + name.toUpperCase(Locale.ROOT);
        for (PacketType type : PacketType.values()) {
            if (type.name().equals(wanted)) {
                return type;
            }
        }
        throw new IllegalArgumentException("the proxy knows no "
                + direction.name().toLowerCase(Locale.ROOT)
                + " packet \"" + name + "\" in the state " + state.name().toLowerCase(Locale.ROOT) + "; it knows "
                + known(direction, state) + ", and all others by their ids");
    }

    private static String known(PacketDirection direction, PacketState state) {
        String prefix = prefix(direction, state);
        return Arrays.stream(PacketType.values())
                .map(PacketType::name)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String prefix(PacketDirection direction, PacketState state) {
        return direction.name() + "_" + state.name() + "_";
    }

    static ConnectionState state(PacketState state) {
        return switch (state) {
            case LOGIN -> ConnectionState.LOGIN;
            case CONFIGURATION -> ConnectionState.CONFIGURATION;
            case PLAY -> ConnectionState.PLAY;
        };
    }

    static PacketState state(ConnectionState state) {
        return switch (state) {
            case HANDSHAKE, STATUS, LOGIN -> PacketState.LOGIN;
            case CONFIGURATION -> PacketState.CONFIGURATION;
            case PLAY -> PacketState.PLAY;
        };
    }

    static Direction direction(PacketDirection direction) {
        return switch (direction) {
            case SERVERBOUND -> Direction.SERVERBOUND;
            case CLIENTBOUND -> Direction.CLIENTBOUND;
        };
    }
}
