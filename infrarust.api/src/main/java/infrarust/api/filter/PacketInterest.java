package infrarust.api.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packets of one direction that somebody wants to see. Whatever nobody wants passes untouched: it is not even inflated. So
 * ask for few.
 *
 * <p>Ids differ from version to version. Names do not: they are those of {@code docs/filters.md}, in lower case, for example
 * {@code system_chat}; a version that does not have the packet has none to show. Names are a choice of what the proxy knows itself; all
 * other packets have only ids, which a filter picks by {@link CodecSession#protocolVersion}.
 *
 * <p>Immutable; any thread.
 */
public sealed interface PacketInterest {

    /** Every packet. */
    record All() implements PacketInterest {}

    /**
     * Every packet of one state.
     *
     * @param state the state
     */
    record AllIn(PacketState state) implements PacketInterest {}

    /**
     * Packets by their ids in the client's version.
     *
     * @param state the state
     * @param ids 0 to {@value #MAX_ID}
     */
    record Ids(PacketState state, Set<Integer> ids) implements PacketInterest {

        /** @throws IllegalArgumentException if there can be no such id */
        public Ids {
            ids = Set.copyOf(ids);
            for (int id : ids) {
                if (id < 0 || id > MAX_ID) {
                    throw new IllegalArgumentException("a packet id is a number from 0 to " + MAX_ID + ", not " + id);
                }
            }
        }
    }

    /**
     * Packets by their names.
     *
     * @param state the state
     * @param names in lower case
     */
    record Names(PacketState state, Set<String> names) implements PacketInterest {
        /** Keeps a copy, in lower case. */
        public Names {
            names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * Packets that one of several wants.
     *
     * @param of which; none of them for nothing at all
     */
    record Any(Set<PacketInterest> of) implements PacketInterest {
        /** Keeps a copy. */
        public Any {
            of = Set.copyOf(of);
        }
    }

    /** Highest packet id that can be asked for. */
    int MAX_ID = 0xFFFF;

    /** Every packet. */
    static PacketInterest all() {
        return new All();
    }

    /** No packet. */
    static PacketInterest none() {
        return new Any(Set.of());
    }

    /** Every packet of a state. */
    static PacketInterest allIn(PacketState state) {
        return new AllIn(state);
    }

    /** Packets of a state by their ids. */
    static PacketInterest ids(PacketState state, int... ids) {
        return new Ids(state, Arrays.stream(ids).boxed().collect(Collectors.toUnmodifiableSet()));
    }

    /** Packets of a state by their names. */
    static PacketInterest names(PacketState state, String... names) {
        return new Names(state, Set.of(names));
    }

    /** What this or the other one wants. */
    default PacketInterest and(PacketInterest other) {
        return new Any(Set.of(this, other));
    }
}
