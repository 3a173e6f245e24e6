package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.ServerConfig;
import infrarust.wasm.component.bind.WitInterface;
import java.util.List;
import java.util.Optional;

/** The import {@code config-service}. */
@WitInterface("infrarust:plugin/config-service@0.2.3")
interface ConfigService {

    Optional<ServerConfig> getServerConfig(String server);

    List<ServerConfig> getAllServerConfigs();

    Optional<String> getValue(String key);
}
