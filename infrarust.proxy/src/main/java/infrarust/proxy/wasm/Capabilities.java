package infrarust.proxy.wasm;

import infrarust.proxy.config.PluginSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What one plugin was granted: the baseline, and what the operator lists in {@code permissions}, without what he lists in
 * {@code deny}.
 *
 * @param granted what it may do
 * @param ignored one line for each listed name that has no effect
 */
public record Capabilities(Set<Capability> granted, List<String> ignored) {

    public Capabilities {
        granted = Collections.unmodifiableSet(granted);
        ignored = List.copyOf(ignored);
    }

    /** Works out what the settings grant. */
    public static Capabilities of(PluginSettings settings) {
        EnumSet<Capability> granted = EnumSet.noneOf(Capability.class);
        for (Capability one : Capability.values()) {
            if (one.grant() == Capability.Grant.BASELINE) {
                granted.add(one);
            }
        }
        List<String> ignored = new ArrayList<>();
        each("permissions", settings.permissions(), ignored, one -> {
            if (one.grant() == Capability.Grant.NEVER) {
                ignored.add("permissions: '" + one.key() + "' cannot be granted to a WASM plugin and is ignored");
            } else {
                granted.add(one);
            }
        });
        each("deny", settings.deny(), ignored, granted::remove);
        return new Capabilities(granted, ignored);
    }

    private static void each(String key, List<String> names, List<String> ignored, Consumer<Capability> action) {
        for (String name : names) {
            Capability.ofKey(name)
                    .ifPresentOrElse(
                            action,
                            () -> ignored.add(key + ": there is no capability '" + name + "', it is ignored; known are "
                                    + Arrays.stream(Capability.values())
                                            .filter(one -> one.grant() != Capability.Grant.NEVER)
                                            .map(Capability::key)
                                            .collect(Collectors.joining(", "))));
        }
    }
}
