package infrarust.proxy.wasm;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the one line about a plugin that has failed. Before the plugin is enabled it writes nothing: whoever enables it
 * reports that.
 */
final class FaultLog implements Consumer<PluginActor.Fault> {

    private static final Logger LOG = LoggerFactory.getLogger(PluginActor.class);

    private final String plugin;
    private volatile boolean begun;

    FaultLog(String plugin) {
        this.plugin = plugin;
    }

    /** From now on. Any thread may call. */
    void begin() {
        begun = true;
    }

    @Override
    public void accept(PluginActor.Fault fault) {
        if (begun) {
            LOG.error(
                    "plugin '{}' failed in {}: {}; it is out of order until the proxy is restarted, and logins that it"
                            + " listens to are denied",
                    plugin,
                    fault.call(),
                    fault.cause());
        }
    }
}
