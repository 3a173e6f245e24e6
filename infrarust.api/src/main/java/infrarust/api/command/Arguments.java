package infrarust.api.command;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What stood in the places of a command's arguments. Immutable. */
public final class Arguments {

    private static final Arguments NONE = new Arguments(Map.of());

    private final Map<String, Object> byName;

    private Arguments(Map<String, Object> byName) {
        this.byName = byName;
    }

    /** Of a command that declares none. */
    public static Arguments none() {
        return NONE;
    }

    /**
     * For the proxy, and for tests of commands.
     *
     * @param byName each value by its argument's name, of the type that the argument says
     */
    public static Arguments of(Map<String, ?> byName) {
        return new Arguments(Map.copyOf(byName));
    }

    /**
     * What stood in that place.
     *
     * @throws NoSuchElementException if nothing did, since it is optional or belongs to another form of the command
     */
    public <T> T get(Argument<T> argument) {
        return find(argument).orElseThrow(() -> new NoSuchElementException("nothing was given as " + argument.usage()));
    }

    /** What stood in that place; empty if nothing did. */
    @SuppressWarnings("unchecked") // the value was read by the type of the argument with that name
    public <T> Optional<T> find(Argument<T> argument) {
        return Optional.ofNullable((T) byName.get(argument.name()));
    }

    /** Whether anything stood in that place: which form of the command it is. */
    public boolean has(Argument<?> argument) {
        return byName.containsKey(argument.name());
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
