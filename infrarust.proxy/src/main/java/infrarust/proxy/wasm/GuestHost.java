package infrarust.proxy.wasm;

import infrarust.api.PluginContext;
import org.slf4j.Logger;

/**
 * What a contract's adapter may use for one instance.
 *
 * @param plugin the services, as any plugin sees them; what is registered there ends with the plugin
 * @param gate says what the plugin may call
 * @param actor runs calls into the instance
 * @param limits how long each call may take
 */
public record GuestHost(PluginContext plugin, CapabilityGate gate, PluginActor actor, CallLimits limits) {

    /** The plugin's log. */
    public Logger logger() {
        return plugin.logger();
    }
}
