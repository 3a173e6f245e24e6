package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.ServerState;
import infrarust.proxy.wasm.contract023.Types.ServiceError;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import java.util.List;
import java.util.Optional;

/** The import {@code server-manager}. */
@WitInterface("infrarust:plugin/server-manager@0.2.3")
interface ServerManager {

    /** The tuple of {@link #getAllServers}. */
    record Managed(String server, ServerState state) {}

    Optional<ServerState> getState(String server);

    Result<Unit, ServiceError> start(String server);

    Result<Unit, ServiceError> stop(String server);

    List<Managed> getAllServers();
}
