package infrarust.proxy.command;

import infrarust.api.command.Command;
import infrarust.api.command.CommandRegistration;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.CommandTakenException;
import infrarust.api.command.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands by the names that they answer to. Any thread; looking one up takes no lock. */
public final class CommandRegistry {

    /** Replaced as a whole, in the order of registration. */
    private volatile Map<String, RegisteredCommand> byLabel = Map.of();

    /** Where the plugin with that id registers. */
    public Commands of(String owner) {
        return (spec, command) -> register(owner, spec, command);
    }

    private synchronized CommandRegistration register(String owner, CommandSpec spec, Command command) {
        RegisteredCommand taken = byLabel.get(spec.name());
        if (taken != null) {
            throw new CommandTakenException(spec.name(), taken.owner());
        }
        List<String> aliases = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        for (String alias : spec.aliases()) {
            if (alias.equals(spec.name())) {
                continue;
            }
            (byLabel.containsKey(alias) ? rejected : aliases).add(alias);
        }
        var registered = new RegisteredCommand(owner, spec, List.copyOf(aliases), command);
        var next = new LinkedHashMap<>(byLabel);
        next.put(spec.name(), registered);
        aliases.forEach(alias -> next.put(alias, registered));
        next.put(registered.namespaced(), registered);
        byLabel = next;
        return new Registration(registered, List.copyOf(rejected));
    }

    @SuppressWarnings("ReferenceEquality") // only this very registration is removed, whatever looks like it
    private synchronized void remove(RegisteredCommand registered) {
        var next = new LinkedHashMap<>(byLabel);
        next.values().removeIf(other -> other == registered);
        byLabel = next;
    }

    /** The command that answers to that label, in lower case. */
    Optional<RegisteredCommand> find(String label) {
        return Optional.ofNullable(byLabel.get(label));
    }

    /** Every name, in the order of registration. */
    Map<String, RegisteredCommand> byLabel() {
        return byLabel;
    }

    private final class Registration implements CommandRegistration {

        private final RegisteredCommand registered;
        private final List<String> rejected;

        Registration(RegisteredCommand registered, List<String> rejected) {
            this.registered = registered;
            this.rejected = rejected;
        }

        @Override
        public String name() {
            return registered.spec().name();
        }

        @Override
        public String namespaced() {
            return registered.namespaced();
        }

        @Override
        public List<String> aliases() {
            return registered.aliases();
        }

        @Override
        public List<String> rejectedAliases() {
            return rejected;
        }

        @Override
        public void unregister() {
            remove(registered);
        }
    }
}
