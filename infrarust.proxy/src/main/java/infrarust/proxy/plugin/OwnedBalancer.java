package infrarust.proxy.plugin;

import infrarust.api.server.BackendStatus;
import infrarust.api.server.BalanceRule;
import infrarust.api.server.Drain;
import infrarust.api.server.LoadBalancer;
import infrarust.api.server.ServerAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The addresses of the servers, whose drains by a plugin go with its scope. */
record OwnedBalancer(PluginScope scope, LoadBalancer all) implements LoadBalancer {

    @Override
    public Optional<BalanceRule> rule(String server) {
        return all.rule(server);
    }

    @Override
    public List<BackendStatus> backends(String server) {
        return all.backends(server);
    }

    @Override
    public Optional<Drain> drain(String server, ServerAddress address) {
        var made = new AtomicReference<>(Optional.<Drain>empty());
        Runnable removal = scope.own(() -> {
            Optional<Drain> drain = all.drain(server, address);
            made.set(drain);
            return () -> drain.ifPresent(Drain::end);
        });
        if (made.get().isEmpty()) {
            removal.run(); // there is nothing to own
            return Optional.empty();
        }
        return Optional.of(removal::run);
    }

    @Override
    public boolean reset(String server, ServerAddress address) {
        return all.reset(server, address);
    }
}
