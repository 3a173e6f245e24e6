package infrarust.proxy.live;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.Route;
import infrarust.proxy.routing.DomainRouter;
import infrarust.proxy.routing.HostName;
import java.util.Optional;

/**
 * The configuration that holds now, with the routes that it makes: one reference, so that nobody ever sees the routes of one
 * and the servers of another. Any thread.
 */
public final class LiveConfiguration implements Route.Finder {

    private volatile DomainRouter router;

    /** Begins with that one. */
    public LiveConfiguration(ProxySnapshot first) {
        router = DomainRouter.of(first);
    }

    @Override
    public ProxySnapshot snapshot() {
        return router.snapshot();
    }

    @Override
    public Route find(String host) {
        DomainRouter now = router;
        return new Route(now.snapshot(), HostName.normalize(host), now.route(host));
    }

    /** The server to which a host name leads. */
    public Optional<ServerConfig> serverFor(String host) {
        return router.route(host);
    }

    /** The routes. */
    public DomainRouter router() {
        return router;
    }

    void swap(DomainRouter next) {
        router = next;
    }
}
