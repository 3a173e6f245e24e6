package infrarust.proxy.wasm.contract023;

import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.GuestHost;

/** Serves {@link Limbo}: its types, and the answer that handlers are not called yet. */
final class LimboHost implements Limbo {

    private final GuestHost host;

    LimboHost(GuestHost host) {
        this.host = host;
    }

    @Override
    public void registerLimboHandler(String name, long handler) {
        if (host.gate().allows(Capability.LIMBO, "limbo.register-limbo-handler")) {
            host.logger()
                    .warn("limbo handler '{}' is not called: this version of the proxy has no limbo handlers", name);
        }
    }
}
