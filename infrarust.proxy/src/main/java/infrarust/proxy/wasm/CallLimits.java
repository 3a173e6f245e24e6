package infrarust.proxy.wasm;

import infrarust.proxy.config.EventSettings;
import infrarust.proxy.config.WasmSettings;
import java.time.Duration;

/**
 * How long calls into a plugin may take. Each is a little less than its caller waits, so that the plugin's own time-out, which
 * knows more, is the one that is seen.
 *
 * @param metadata who the plugin is
 * @param enable its start
 * @param disable its stop
 * @param event one event
 * @param callback a command, a completion or a task
 */
public record CallLimits(Duration metadata, Duration enable, Duration disable, Duration event, Duration callback) {

    private static final Duration LARGEST_MARGIN = Duration.ofMillis(250);

    /** As the configuration has it. */
    public static CallLimits of(WasmSettings wasm, EventSettings events) {
        Duration most = wasm.maxCallDuration();
        return new CallLimits(
                atMost(most, withMargin(Duration.ofSeconds(5))),
                atMost(most, withMargin(Duration.ofSeconds(30))),
                atMost(most, withMargin(Duration.ofSeconds(5))),
                atMost(most, withMargin(events.handlerTimeout())),
                most);
    }

    /** A fifth less, but no more than 250 ms less. */
    static Duration withMargin(Duration caller) {
        // Not dividedBy, which goes through BigDecimal: whoever needs that first pays a hundredth of a second for it.
        Duration fifth = Duration.ofMillis(caller.toMillis() / 5);
        return caller.minus(fifth.compareTo(LARGEST_MARGIN) < 0 ? fifth : LARGEST_MARGIN);
    }

    private static Duration atMost(Duration most, Duration wanted) {
        return wanted.compareTo(most) < 0 ? wanted : most;
    }
}
