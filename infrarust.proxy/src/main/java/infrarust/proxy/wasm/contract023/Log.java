package infrarust.proxy.wasm.contract023;

import infrarust.wasm.component.bind.WitInterface;

/** The import {@code log}. */
@WitInterface("infrarust:plugin/log@0.2.3")
interface Log {

    void trace(String message);

    void debug(String message);

    void info(String message);

    void warn(String message);

    void error(String message);
}
