package infrarust.proxy.plugin;

import infrarust.api.service.ServiceRegistration;
import infrarust.api.service.ServiceRegistry;
import infrarust.proxy.service.ServiceDirectory;
import java.util.List;
import java.util.Optional;

/**
 * The services as one plugin sees them: what it offers goes with its scope.
 *
 * @param scope owns what is offered
 * @param all everybody's
 */
record OwnedServices(PluginScope scope, ServiceDirectory all) implements ServiceRegistry {

    @Override
    public <S> ServiceRegistration provide(Class<S> type, S service) {
        return scope.own(() -> all.provide(scope.metadata().id(), type, service))::run;
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return all.find(type);
    }

    @Override
    public <S> List<S> all(Class<S> type) {
        return all.all(type);
    }
}
