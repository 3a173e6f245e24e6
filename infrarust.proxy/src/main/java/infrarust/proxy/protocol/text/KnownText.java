package infrarust.proxy.protocol.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;

/**
 * A component in JSON without what a dialect does not know. A game ends the connection over a kind of component, and since
 * 1.20.3 over a click action, that is of a later version than itself; so a kind becomes the words that say the same as well
 * as words can, and an action goes. Looks that a game does not know it leaves out by itself.
 */
final class KnownText {

    /**
     * A kind of component by the member that makes it one.
     *
     * @param member its name
     * @param since the first dialect that knows it
     * @param others members that mean nothing without it
     */
    private record Kind(String member, TextDialect since, List<String> others) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("score", TextDialect.V1_8, List.of()),
            new Kind("selector", TextDialect.V1_8, List.of("separator")),
            new Kind("keybind", TextDialect.V1_12, List.of()),
            new Kind(
                    "nbt",
                    TextDialect.V1_14,
                    List.of("interpret", "plain", "separator", "block", "entity", "storage", "source")),
            new Kind("sprite", TextDialect.V1_21_9, List.of("atlas", "object")),
            new Kind("player", TextDialect.V1_21_9, List.of("hat", "object")));

    /** Where components lie within components. */
    private static final List<String> NESTED =
            List.of("extra", "with", "separator", "hoverEvent", "hover_event", "contents", "value", "name");

    private static final Set<String> LATER_ACTIONS = Set.of("show_dialog", "custom");

    private final TextDialect dialect;

    private KnownText(TextDialect dialect) {
        this.dialect = dialect;
    }

    /** Changes the tree, which is the caller's own. */
    static JsonElement of(JsonElement tree, TextDialect dialect) {
        if (dialect != TextDialect.newest()) {
            new KnownText(dialect).reduce(tree);
        }
        return tree;
    }

    private void reduce(JsonElement value) {
        if (value instanceof JsonArray parts) {
            parts.forEach(this::reduce);
        } else if (value instanceof JsonObject component) {
            KINDS.stream().filter(kind -> dialect.compareTo(kind.since) < 0).forEach(kind -> replace(component, kind));
            reduceEvents(component);
            NESTED.stream().filter(component::has).forEach(name -> reduce(component.get(name)));
        }
    }

    private static void replace(JsonObject component, Kind kind) {
        JsonElement kindOf = component.remove(kind.member);
        if (kindOf == null) {
            return;
        }
        kind.others.forEach(component::remove);
        JsonElement instead = kind.since == TextDialect.V1_21_9 ? component.remove("fallback") : null;
        if (instead == null) {
            component.addProperty("text", kind.member.equals("sprite") ? "" : words(kindOf));
        } else {
            component.addProperty("text", "");
            var parts = new JsonArray();
            parts.add(instead);
            if (component.get("extra") instanceof JsonArray extra) {
                parts.addAll(extra);
            }
            component.add("extra", parts);
        }
    }

    /** The key, the path, the pattern; the name of a player; the value of a score, when the server has said it; no picture. */
    private static String words(JsonElement kind) {
        return switch (kind) {
            case JsonPrimitive words -> words.getAsString();
            case JsonObject score when score.get("value") instanceof JsonPrimitive value -> value.getAsString();
            case JsonObject player
            when !player.has("objective") && player.get("name") instanceof JsonPrimitive name -> name.getAsString();
            default -> "";
        };
    }

    private void reduceEvents(JsonObject component) {
        for (String name : List.of("clickEvent", "click_event")) {
            if (component.get(name) instanceof JsonObject event
                    && event.get("action") instanceof JsonPrimitive action
                    && LATER_ACTIONS.contains(action.getAsString())
                    && dialect.compareTo(TextDialect.V1_21_6) < 0) {
                component.remove(name);
            }
        }
        // Items and entities are shown since 1.16 in the form that the serializer writes; before, it writes only the
        // action.
        if (component.get("hoverEvent") instanceof JsonObject event && event.size() < 2) {
            component.remove("hoverEvent");
        }
    }
}
