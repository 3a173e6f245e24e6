package infrarust.proxy.wasm.contract023;

import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.contract023.Types.ServerState;
import infrarust.proxy.wasm.contract023.Types.ServiceError;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import java.util.List;
import java.util.Optional;

/**
 * Serves {@link ServerManager}. It is about servers that the proxy starts and stops, and this proxy starts none: so each server is
 * answered for as one without a manager.
 */
final class ServerManagerHost implements ServerManager {

    private final GuestHost host;

    ServerManagerHost(GuestHost host) {
        this.host = host;
    }

    @Override
    public Optional<ServerState> getState(String server) {
        var _ = allows("get-state");
        return Optional.empty();
    }

    @Override
    public Result<Unit, ServiceError> start(String server) {
        return unmanaged("start", server);
    }

    @Override
    public Result<Unit, ServiceError> stop(String server) {
        return unmanaged("stop", server);
    }

    @Override
    public List<Managed> getAllServers() {
        var _ = allows("get-all-servers");
        return List.of();
    }

    private Result<Unit, ServiceError> unmanaged(String function, String server) {
        return Result.err(
                allows(function)
                        ? new ServiceError.NotFound(server)
                        : new ServiceError.OperationFailed("missing capability: server-manage"));
    }

    private boolean allows(String function) {
        return host.gate().allows(Capability.SERVER_MANAGE, "server-manager." + function);
    }
}
