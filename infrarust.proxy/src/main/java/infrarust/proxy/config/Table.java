package infrarust.proxy.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One table of a TOML file, read key by key. Reading is the schema: a key that is asked for is known, and what nobody
 * asked for is reported as unknown at the end. A value that does not fit is reported, and the default is returned, so
 * that one run finds every problem.
 */
final class Table {

    private final Document document;
    private final List<String> path;
    private final ObjectNode node;
    private final Set<String> known = new LinkedHashSet<>();

    Table(Document document, List<String> path, ObjectNode node) {
        this.document = document;
        this.path = List.copyOf(path);
        this.node = node;
    }

    /** Whether the file gives this key; makes it known. */
    boolean has(String key) {
        return value(key).isPresent();
    }

    private Optional<JsonNode> value(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key));
    }

    /** A text. */
    Optional<String> text(String key) {
        return value(key).flatMap(found -> {
            if (found.isString()) {
                return Optional.of(found.asString());
            }
            wrong(key, found, "a text in quotes");
            return Optional.empty();
        });
    }

    /** A text that is not empty. */
    Optional<String> word(String key) {
        return text(key).filter(text -> {
            if (text.isBlank()) {
                problem(key, "is empty");
            }
            return !text.isBlank();
        });
    }

    /** A text that a reader turns into something else; the reader's IllegalArgumentException is the explanation. */
    <T> Optional<T> parsed(String key, String expected, Function<String, T> reader) {
        return text(key).flatMap(text -> parse(List.of(key), text, expected, reader));
    }

    private <T> Optional<T> parse(List<String> keys, String text, String expected, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            problem(keys, "is \"" + text + "\": " + e.getMessage() + "; expected is " + expected);
            return Optional.empty();
        }
    }

    boolean flag(String key, boolean whenAbsent) {
        return value(key)
                .map(found -> {
                    if (!found.isBoolean()) {
                        wrong(key, found, "true or false");
                        return whenAbsent;
                    }
                    return found.booleanValue();
                })
                .orElse(whenAbsent);
    }

    int integer(String key, int least, int most, int whenAbsent) {
        return integer(key, least, most).orElse(whenAbsent);
    }

    OptionalInt integer(String key, int least, int most) {
        Optional<JsonNode> found = value(key);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode number = found.get();
        if (number.isIntegralNumber()
                && number.canConvertToInt()
                && number.intValue() >= least
                && number.intValue() <= most) {
            return OptionalInt.of(number.intValue());
        }
        String bound = most == Integer.MAX_VALUE ? "a whole number, at least " + least : least + " to " + most;
        wrong(key, number, bound);
        return OptionalInt.empty();
    }

    double decimal(String key, DoublePredicate fits, String expected, double whenAbsent) {
        Optional<JsonNode> found = value(key);
        if (found.isEmpty()) {
            return whenAbsent;
        }
        JsonNode number = found.get();
        if (number.isNumber() && fits.test(number.doubleValue())) {
            return number.doubleValue();
        }
        wrong(key, number, expected);
        return whenAbsent;
    }

    Duration duration(String key, Duration least, Duration whenAbsent) {
        return text(key)
                .flatMap(text -> {
                    Optional<Duration> duration = DurationText.parse(text);
                    if (duration.isEmpty()) {
                        problem(key, "is \"" + text + "\"; expected is a duration like \"5s\", \"200ms\" or \"1h30m\"");
                    } else if (duration.get().compareTo(least) < 0) {
                        problem(key, "is \"" + text + "\"; expected is at least " + DurationText.format(least));
                        return Optional.empty();
                    }
                    return duration;
                })
                .orElse(whenAbsent);
    }

    /**
     * One word of a fixed set.
     *
     * @param values what each word means
     * @param unserved words that the format knows and this version cannot do
     */
    <E> E choice(String key, Map<String, E> values, Set<String> unserved, E whenAbsent) {
        return text(key)
                .flatMap(word -> {
                    Optional<E> value = Optional.ofNullable(values.get(word));
                    if (value.isEmpty() && unserved.contains(word)) {
                        problem(
                                key,
                                "= \"" + word + "\" is not supported by this version; it has "
                                        + String.join(", ", values.keySet()));
                    } else if (value.isEmpty()) {
                        problem(
                                key,
                                "is \"" + word + "\"; allowed are " + String.join(", ", values.keySet())
                                        + meant(word, values.keySet()));
                    }
                    return value;
                })
                .orElse(whenAbsent);
    }

    /** {@code true}, {@code false}, or one word of a fixed set; the default is what {@code false} means. */
    <E> E flagOrChoice(String key, E whenFalse, E whenTrue, Map<String, E> values) {
        Optional<JsonNode> found = value(key);
        if (found.isPresent() && found.get().isBoolean()) {
            return found.get().booleanValue() ? whenTrue : whenFalse;
        }
        if (found.isPresent() && !found.get().isString()) {
            wrong(key, found.get(), "true, false or one of " + String.join(", ", values.keySet()) + " in quotes");
            return whenFalse;
        }
        return choice(key, values, Set.of(), whenFalse);
    }

    /** A list of texts, none of them empty. */
    List<String> words(String key) {
        return parsedList(key, "a text", word -> {
            if (word.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
            return word;
        });
    }

    /** A list of texts that a reader turns into something else, as {@link #parsed}; what does not fit is left out. */
    <T> List<T> parsedList(String key, String expected, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        List<JsonNode> elements = elements(key);
        for (int i = 0; i < elements.size(); i++) {
            parsedElement(key, i, expected, reader).ifPresent(values::add);
        }
        return values;
    }

    /** One element of such a list; for an index below the size of {@link #elements}. */
    <T> Optional<T> parsedElement(String key, int index, String expected, Function<String, T> reader) {
        List<String> keys = List.of(key, KeyLocator.element(index));
        JsonNode element = elements(key).get(index);
        if (element.isString()) {
            return parse(keys, element.asString(), expected, reader);
        }
        problem(keys, "is " + seen(element) + "; expected is " + expected + " in quotes");
        return Optional.empty();
    }

    /** The elements of an array, for readers that allow several kinds. */
    List<JsonNode> elements(String key) {
        Optional<JsonNode> found = value(key);
        if (found.isPresent() && !found.get().isArray()) {
            wrong(key, found.get(), "a list, as in [\"a\", \"b\"]");
            return List.of();
        }
        return found.map(array -> List.copyOf(array.values())).orElse(List.of());
    }

    /** Whether the file gives no list here, or an empty one; false for a value of another kind. */
    boolean lacksElements(String key) {
        return value(key).map(found -> found.isArray() && found.isEmpty()).orElse(true);
    }

    /** A table inside this one; an empty table when the file has none. */
    Table table(String key) {
        Optional<JsonNode> found = value(key);
        if (found.isPresent() && found.get() instanceof ObjectNode inner) {
            return document.table(join(List.of(key)), inner);
        }
        found.ifPresent(value -> wrong(key, value, "a table, as in [" + dotted(List.of(key)) + "]"));
        return document.table(join(List.of(key)), JsonNodeFactory.instance.objectNode());
    }

    /** Whether the file gives a table here. */
    boolean isTable(String key) {
        return value(key).filter(JsonNode::isObject).isPresent();
    }

    /** The table that is an element of an array, as {@link #table}. */
    Table element(String key, int index, ObjectNode element) {
        return document.table(join(List.of(key, KeyLocator.element(index))), element);
    }

    /** All keys of this table, for tables whose keys are names that the operator chooses; makes them known. */
    List<String> names() {
        List<String> names = List.copyOf(node.propertyNames());
        known.addAll(names);
        return names;
    }

    /**
     * What else is in this table, for readers that this program does not know: String, Long, Double, Boolean, List or Map. Makes the
     * keys known, but for those that look like a slip of a key that has been asked for.
     */
    Map<String, Object> others() {
        Set<String> own = Set.copyOf(known);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : node.propertyNames()) {
            if (!own.contains(key) && NearestName.of(key, own).isEmpty()) {
                known.add(key);
                values.put(key, PlainValue.of(node.get(key)));
            }
        }
        return values;
    }

    /** Makes keys known that have no effect as long as the feature beside them is off. */
    void inert(String... keys) {
        known.addAll(List.of(keys));
    }

    /**
     * A key that the format knows and this version cannot serve: accepted when it says what holds anyway, refused
     * otherwise, so that nobody relies on what is not there.
     *
     * @param accepted values without effect: Boolean, Integer, String, Duration, or an empty List; none when the key
     *     may not be given at all
     */
    void unserved(String key, Object... accepted) {
        Optional<JsonNode> found = value(key);
        if (found.isEmpty()) {
            return;
        }
        for (Object value : accepted) {
            if (says(found.get(), value)) {
                return;
            }
        }
        boolean table = found.get().isObject();
        problem(
                key,
                (table ? "" : "= " + seen(found.get()) + " ") + "is not supported by this version; "
                        + (accepted.length == 0 ? "remove it" : "remove it or set it to " + shown(accepted[0])));
    }

    private static boolean says(JsonNode node, Object value) {
        return switch (value) {
            case Boolean flag -> node.isBoolean() && node.booleanValue() == flag;
            case Integer number -> node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == number;
            case String text -> node.isString() && node.asString().equals(text);
            case Duration duration ->
                node.isString() && DurationText.parse(node.asString()).equals(Optional.of(duration));
            case List<?> list -> list.isEmpty() && node.isArray() && node.isEmpty();
            default -> throw new IllegalArgumentException("no such value in TOML: " + value);
        };
    }

    private static String shown(Object value) {
        return switch (value) {
            case Duration duration -> "\"" + DurationText.format(duration) + "\"";
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }

    /** Reports a key whose value does not fit; the text continues "`key` …". */
    void problem(String key, String text) {
        problem(List.of(key), text);
    }

    private void problem(List<String> keys, String text) {
        document.findings().problem(document.line(join(keys)), "`" + dotted(keys) + "` " + text);
    }

    /** Says something about a key that does not stop the file from being used; the text continues "`key` …". */
    void warning(String key, String text) {
        document.findings().warning(document.line(join(List.of(key))), "`" + dotted(List.of(key)) + "` " + text);
    }

    private void wrong(String key, JsonNode found, String expected) {
        problem(key, "is " + seen(found) + "; expected is " + expected);
    }

    private static String seen(JsonNode node) {
        if (node.isObject()) {
            return "a table";
        }
        String text = node.isArray() && node.size() > 3 ? "a list of " + node.size() : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    Set<String> knownKeys() {
        return known;
    }

    /** Reports what nobody asked for. */
    void reportUnknownKeys(Collection<String> keysOfRoot) {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                String inTable = path.isEmpty() ? "" : " in [" + dotted(List.of()) + "]";
                String hint = meant(key, known);
                if (hint.isEmpty() && keysOfRoot.contains(key)) {
                    hint = "; it belongs above the first [table] of the file";
                } else if (hint.isEmpty()) {
                    hint = "; known are " + String.join(", ", known);
                }
                document.findings()
                        .problem(document.line(join(List.of(key))), "unknown key `" + key + "`" + inTable + hint);
            }
        }
    }

    private static String meant(String word, Collection<String> candidates) {
        return NearestName.of(word, candidates)
                .map(name -> "; did you mean `" + name + "`?")
                .orElse("");
    }

    private List<String> join(List<String> keys) {
        List<String> joined = new ArrayList<>(path);
        joined.addAll(keys);
        return joined;
    }

    private String dotted(List<String> keys) {
        StringBuilder dotted = new StringBuilder();
        for (String key : join(keys)) {
            if (!dotted.isEmpty() && !key.startsWith("[")) {
                dotted.append('.');
            }
            dotted.append(key);
        }
        return dotted.toString();
    }
}
