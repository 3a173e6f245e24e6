package infrarust.api.permission;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A checker made of a list. A rule is a node, {@code a.b.*} for everything below {@code a.b}, or {@code *} for
 * everything; the one that says more wins, so {@code a.b.c} before {@code a.b.*} before {@code a.*} before {@code *}.
 * Immutable; any thread.
 */
public final class PermissionRules implements PermissionChecker {

    private static final PermissionRules NONE = new PermissionRules(Map.of());
    private static final PermissionRules ALL = new PermissionRules(Map.of("*", true));

    private final Map<String, Tristate> exact;
    /** By what stands before the star, with its dot: {@code a.b.}, or nothing. */
    private final Map<String, Tristate> below;

    private PermissionRules(Map<String, Boolean> rules) {
        Map<String, Tristate> nodes = new HashMap<>();
        Map<String, Tristate> stars = new HashMap<>();
        rules.forEach((rule, granted) -> {
            String key = rule.toLowerCase(Locale.ROOT);
            if (key.equals("*") || key.endsWith(".*")) {
                stars.put(key.substring(0, key.length() - 1), Tristate.of(granted));
            } else {
                nodes.put(key, Tristate.of(granted));
            }
        });
        exact = Map.copyOf(nodes);
        below = Map.copyOf(stars);
    }

    /** Says nothing about any node. */
    public static PermissionRules none() {
        return NONE;
    }

    /** Says yes to every node. */
    public static PermissionRules all() {
        return ALL;
    }

    /**
     * Says what the rules say.
     *
     * @param rules whether each is granted or denied; compared without regard to case
     */
    public static PermissionRules of(Map<String, Boolean> rules) {
        return new PermissionRules(rules);
    }

    @Override
    public Tristate value(String node) {
        Tristate said = exact.get(node);
        if (said != null) {
            return said;
        }
        if (below.isEmpty()) {
            return Tristate.UNDEFINED;
        }
        for (int dot = node.lastIndexOf('.'); dot >= 0; dot = node.lastIndexOf('.', dot - 1)) {
            said = below.get(node.substring(0, dot + 1));
            if (said != null) {
                return said;
            }
        }
        return below.getOrDefault("", Tristate.UNDEFINED);
    }
}
