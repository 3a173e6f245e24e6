package infrarust.proxy.plugin;

import infrarust.api.Settings;
import infrarust.proxy.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A plugin's table of the configuration, that remembers what it was asked for. */
final class TableSettings implements Settings {

    private final String path;
    private final Map<String, Object> values;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, TableSettings> tables = new ConcurrentHashMap<>();

    private TableSettings(String path, Map<String, Object> values) {
        this.path = path;
        this.values = Map.copyOf(values);
    }

    /** The settings of the plugin with that id. */
    static TableSettings of(String id, Map<String, Object> values) {
        return new TableSettings("plugins." + id, values);
    }

    /** What is there and nobody has asked for, with the whole path. */
    List<String> unasked() {
        List<String> keys = new ArrayList<>();
        values.keySet().stream().sorted().forEach(key -> {
            TableSettings table = tables.get(key);
            if (table != null) {
                keys.addAll(table.unasked());
            } else if (!asked.contains(key)) {
                keys.add(path + "." + key);
            }
        });
        return keys;
    }

    @Override
    public Set<String> keys() {
        return values.keySet();
    }

    private <T> Optional<T> value(String key, Class<T> type, String expected) {
        asked.add(key);
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, expected);
        }
        return Optional.of(type.cast(value));
    }

    @Override
    public Optional<String> text(String key) {
        return value(key, String.class, "a text in quotes");
    }

    @Override
    public OptionalLong integer(String key) {
        return value(key, Long.class, "a whole number").map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @Override
    public OptionalDouble number(String key) {
        return value(key, Number.class, "a number")
                .map(number -> OptionalDouble.of(number.doubleValue()))
                .orElseGet(OptionalDouble::empty);
    }

    @Override
    public Optional<Boolean> flag(String key) {
        return value(key, Boolean.class, "true or false");
    }

    @Override
    public Optional<Duration> duration(String key) {
        String expected = "a duration like \"5s\", \"200ms\" or \"1h30m\"";
        return value(key, String.class, expected)
                .map(text -> DurationText.parse(text).orElseThrow(() -> wrong(key, expected)));
    }

    @Override
    public List<String> texts(String key) {
        String expected = "a list of texts, as in [\"a\", \"b\"]";
        return value(key, List.class, expected).stream()
                .<Object>flatMap(List<?>::stream)
                .map(element -> {
                    if (element instanceof String text) {
                        return text;
                    }
                    throw wrong(key, expected);
                })
                .toList();
    }

    @Override
    public Settings table(String key) {
        Optional<Map<?, ?>> found = value(key, Map.class, "a table").map(map -> (Map<?, ?>) map);
        return tables.computeIfAbsent(key, name -> {
            Map<String, Object> inner = new ConcurrentHashMap<>();
            found.ifPresent(map -> map.forEach((each, value) -> inner.put((String) each, value)));
            return new TableSettings(path + "." + key, inner);
        });
    }

    @Override
    public IllegalArgumentException wrong(String key, String expected) {
        Object value = values.get(key);
        String seen = switch (value) {
            case null -> "not set";
            case String text -> "\"" + text + "\"";
            case Map<?, ?> table -> "a table";
            default -> value.toString();
        };
        return new IllegalArgumentException("`" + path + "." + key + "` is " + seen + "; expected is " + expected);
    }
}
