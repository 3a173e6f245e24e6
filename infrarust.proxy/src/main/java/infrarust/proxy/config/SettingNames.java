package infrarust.proxy.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what differs between two records of the configuration, by the names that the operator writes: a component's name with
 * underscores, but for the few below. By reflection, a few times in the life of the process.
 */
final class SettingNames {

    /** Components whose key has another name. */
    private static final Map<String, String> OTHERS = Map.of(
            "backends", "addresses",
            "presence", "receive_proxy_protocol",
            "trusted", "trusted_proxies");

    /** Records that are no table: their components stand beside the keys of what has them. */
    private static final Set<Class<?>> FLAT = Set.of(Balancing.class, ReceiveProxyProtocol.class);

    /** Records that are one value. */
    private static final Set<Class<?>> VALUES =
            Set.of(Address.class, Backend.class, Cidr.class, Motd.class, PluginSettings.class);

    private SettingNames() {}

    /** Every setting that differs, in the order of the components. */
    static List<ChangedSetting> changed(Record before, Record after) {
        List<ChangedSetting> changes = new ArrayList<>();
        compare("", before, after, changes);
        return changes;
    }

    /** The key of a component. */
    static String key(RecordComponent component) {
        String name = component.getName();
        return OTHERS.getOrDefault(name, name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    /** The value of a component. */
    static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the configuration is not to be read: " + component, e);
        }
    }

    private static void compare(String path, Record before, Record after, List<ChangedSetting> changes) {
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            Object one = value(component, before);
            Object other = value(component, after);
            if (one.equals(other)) {
                continue;
            }
            String key = path + key(component);
            switch (one) {
                case Record table when FLAT.contains(table.getClass()) -> compare(path, table, (Record) other, changes);
                case Record table
                when !VALUES.contains(table.getClass()) && table.getClass().equals(other.getClass()) ->
                    compare(key + ".", table, (Record) other, changes);
                case Map<?, ?> map -> compare(key + ".", map, (Map<?, ?>) other, changes);
                default -> changes.add(change(key, one, other));
            }
        }
    }

    private static void compare(String path, Map<?, ?> before, Map<?, ?> after, List<ChangedSetting> changes) {
        Map<String, Object> one = byName(before);
        Map<String, Object> other = byName(after);
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            Object was = one.getOrDefault(name, "nothing");
            Object is = other.getOrDefault(name, "nothing");
            if (!was.equals(is)) {
                changes.add(change(path + name, was, is));
            }
        }
    }

    private static Map<String, Object> byName(Map<?, ?> map) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private static ChangedSetting change(String key, Object before, Object after) {
        // What a plugin is told is the plugin's: nobody here knows which of it is secret.
        boolean hidden = ChangedSetting.isSecret(key) || key.startsWith("plugins.");
        return hidden
                ? new ChangedSetting(key, ChangedSetting.REDACTED, ChangedSetting.REDACTED)
                : new ChangedSetting(key, text(before), text(after));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(SettingNames::text).orElse("nothing");
            case OptionalInt number -> number.isPresent() ? String.valueOf(number.getAsInt()) : "nothing";
            case Duration duration -> DurationText.format(duration);
            case Collection<?> all -> all.stream().map(SettingNames::text).collect(Collectors.joining(", ", "[", "]"));
            case Motd motd -> "\"" + motd.text() + "\"";
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case null -> "nothing";
            default -> value.toString();
        };
    }
}
