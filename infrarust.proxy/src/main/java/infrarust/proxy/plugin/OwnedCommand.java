package infrarust.proxy.plugin;

import infrarust.api.command.CommandRegistration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A command that goes with its plugin's scope.
 *
 * @param registration as the registry gave it
 * @param removal takes it out of the scope and of the registry
 */
record OwnedCommand(CommandRegistration registration, Runnable removal) implements CommandRegistration {

    /** Registers a command that the scope owns. */
    static OwnedCommand of(PluginScope scope, Supplier<CommandRegistration> registering) {
        var made = new AtomicReference<CommandRegistration>();
        Runnable removal = scope.own(() -> {
            CommandRegistration registration = registering.get();
            made.set(registration);
            return registration::unregister;
        });
        return new OwnedCommand(made.get(), removal);
    }

    @Override
    public String name() {
        return registration.name();
    }

    @Override
    public String namespaced() {
        return registration.namespaced();
    }

    @Override
    public List<String> aliases() {
        return registration.aliases();
    }

    @Override
    public List<String> rejectedAliases() {
        return registration.rejectedAliases();
    }

    @Override
    public void unregister() {
        removal.run();
    }
}
