package infrarust.proxy.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts of the configuration as they may be shown: written anew from what was read, so that neither a secret nor a comment that
 * holds one is in them.
 */
public final class Redaction {

    private Redaction() {}

    /**
     * The text with its secrets replaced.
     *
     * @param toml a text that has been read without a fault; of another one, nothing is left
     * @param hidden further settings that are left out, by table (dotted, empty for the root) and key
     */
    public static String of(String toml, BiPredicate<String, String> hidden) {
        return tree(toml).map(root -> new Writer(hidden).table("", root)).orElse("");
    }

    /** As {@link #of(String, BiPredicate)}, with every setting. */
    public static String of(String toml) {
        return of(toml, (table, key) -> false);
    }

    /**
     * One value as text: a string as it is, anything else in the words of TOML; empty when the text does not give it.
     *
     * @param key with dots; keys with dots in them cannot be asked for
     */
    public static Optional<String> value(String toml, String key) {
        JsonNode found = tree(toml).orElse(null);
        String last = "";
        for (String part : key.split("\\.", -1)) {
            found = found == null ? null : found.get(part);
            last = part;
        }
        if (found == null) {
            return Optional.empty();
        }
        boolean plain = found.isString() && !ChangedSetting.isSecret(last);
        return Optional.of(plain ? found.asString() : unquoted(inline(last, found)));
    }

    /** A secret is shown as what stands in its place, not as TOML. */
    private static String unquoted(String text) {
        return text.equals(quoted(ChangedSetting.REDACTED)) ? ChangedSetting.REDACTED : text;
    }

    private static Optional<ObjectNode> tree(String toml) {
        return Document.parse(toml, new Findings("")).map(Document::tree);
    }

    private static String inline(String key, JsonNode value) {
        if (!value.isContainer() && ChangedSetting.isSecret(key)) {
            return quoted(ChangedSetting.REDACTED);
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> name(entry.getKey()) + " = " + inline(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value.isArray()) {
            // A list of secrets has the name of one.
            return value.values().stream()
                    .map(element -> inline(key, element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isString() || value.isPojo() ? quoted(value.asString()) : value.toString();
    }

    private static String name(String key) {
        return key.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'))
                        && !key.isEmpty()
                ? key
                : quoted(key);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F) {
                        quoted.append("\\u%04x".formatted(c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private record Writer(BiPredicate<String, String> hidden) {

        /** The values of a table first, then the tables inside it, as TOML wants it. */
        String table(String path, ObjectNode node) {
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!entry.getValue().isObject() && !hidden.test(path, entry.getKey())) {
                    text.append(name(entry.getKey()))
                            .append(" = ")
                            .append(inline(entry.getKey(), entry.getValue()))
                            .append('\n');
                }
            }
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getValue() instanceof ObjectNode inner && !hidden.test(path, entry.getKey())) {
                    String below = path.isEmpty() ? name(entry.getKey()) : path + "." + name(entry.getKey());
                    text.append("\n[").append(below).append("]\n").append(table(below, inner));
                }
            }
            return text.toString();
        }
    }
}
