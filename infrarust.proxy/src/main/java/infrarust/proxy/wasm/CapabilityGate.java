package infrarust.proxy.wasm;

import infrarust.proxy.config.Capability;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Checks each call of one plugin instance that needs a capability. A refusal is logged at most once a minute for each
 * capability, so that a plugin cannot fill the log. Used on the thread of the plugin's actor only.
 */
public final class CapabilityGate {

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Set<Capability> granted;
    private final Logger logger;
    private final LongSupplier nanoTime;
    private final Map<Capability, QuietPeriod> refusals = new EnumMap<>(Capability.class);

    /**
     * @param logger the plugin's
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public CapabilityGate(Set<Capability> granted, Logger logger, LongSupplier nanoTime) {
        this.granted = granted;
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    /**
     * Whether a call may go on.
     *
     * @param call the contract's name of the call, for the log: {@code event-bus.subscribe}
     */
    public boolean allows(Capability needed, String call) {
        if (granted.contains(needed)) {
            return true;
        }
        refusals.computeIfAbsent(needed, capability -> new QuietPeriod(QUIET, nanoTime))
                .line()
                .ifPresent(suppressed -> logger.warn(
                        "call {} refused: missing capability {} (suppressed={})", call, needed.key(), suppressed));
        return false;
    }
}
