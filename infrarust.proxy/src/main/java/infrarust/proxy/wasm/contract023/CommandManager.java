package infrarust.proxy.wasm.contract023;

import infrarust.wasm.component.bind.WitInterface;
import java.util.List;

/** The import {@code command-manager}. */
@WitInterface("infrarust:plugin/command-manager@0.2.3")
interface CommandManager {

    void register(String name, List<String> aliases, String description, long callbackId);

    void unregister(String name);
}
