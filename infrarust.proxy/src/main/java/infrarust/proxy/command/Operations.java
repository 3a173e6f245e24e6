package infrarust.proxy.command;

import infrarust.api.command.Command;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What operators can do, each by a command: typed as it is at the console, and behind {@code /infrarust} in the game where it
 * makes sense there. Every room that has something to offer adds it while the proxy starts. Any thread.
 */
public final class Operations {

    private final Map<String, Operation> byName = new LinkedHashMap<>();

    /**
     * Something that an operator can do.
     *
     * @param spec its names, help and permission
     * @param command does it
     * @param inGame whether players may use it too, with the permission
     */
    public record Operation(CommandSpec spec, Command command, boolean inGame) {

        /** What a player needs to use it: {@code infrarust.command.NAME} unless the spec says otherwise. */
        public String permission() {
            return spec.permission().orElseGet(() -> InfrarustCommand.PERMISSION + "." + spec.name());
        }

        boolean isOpenTo(CommandSource source) {
            return (inGame || source.player().isEmpty()) && source.hasPermission(permission());
        }

        RegisteredCommand registered() {
            return new RegisteredCommand(InfrarustCommand.OWNER, spec, spec.aliases(), command);
        }
    }

    /** Adds one for the console only. */
    public void add(CommandSpec spec, Command command) {
        add(new Operation(spec, command, false));
    }

    /** Adds one for the console and for players who have its permission. */
    public void addInGame(CommandSpec spec, Command command) {
        add(new Operation(spec, command, true));
    }

    private synchronized void add(Operation operation) {
        put(operation.spec().name(), operation);
        operation.spec().aliases().forEach(alias -> put(alias, operation));
    }

    private void put(String name, Operation operation) {
        if (byName.putIfAbsent(name, operation) != null) {
            throw new IllegalStateException("two operations are called \"" + name + "\"");
        }
    }

    /** The one with that name or alias, in any case. */
    public synchronized Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All of them, each once, in the order in which they were added. */
    public synchronized Collection<Operation> all() {
        return List.copyOf(new LinkedHashSet<>(byName.values()));
    }

    /** Those that the source may use and help lists. */
    List<Operation> openTo(CommandSource source) {
        return all().stream()
                .filter(operation -> !operation.spec().hidden() && operation.isOpenTo(source))
                .toList();
    }

    /** Every name and alias. */
    synchronized Collection<String> names() {
        return List.copyOf(byName.keySet());
    }
}
