package infrarust.proxy.protocol.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;

/**
 * What is left of a component in JSON without everything that its reader may stumble over: words, styles and colours that
 * exist. Older games leave out the events and colours that they do not know, so a server may well send them.
 */
final class BareText {

    /** What says which words are shown, where one string says it. */
    private static final Set<String> WORDS = Set.of("text", "translate", "keybind", "selector");

    private static final Set<String> LOOKS =
            Set.of("bold", "italic", "underlined", "strikethrough", "obfuscated", "fallback");

    private boolean hasWords;

    private BareText() {}

    /**
     * The same component with less in it.
     *
     * @throws IllegalArgumentException when no words are left
     */
    static JsonElement of(JsonElement json) {
        var text = new BareText();
        JsonElement bare = text.part(json);
        if (!text.hasWords) {
            throw new IllegalArgumentException("No words");
        }
        return bare;
    }

    private JsonElement part(JsonElement json) {
        return switch (json) {
            case JsonPrimitive words -> {
                hasWords = true;
                yield words;
            }
            case JsonArray parts when !parts.isEmpty() -> list(parts);
            case JsonObject component -> component(component);
            default -> new JsonPrimitive("");
        };
    }

    private JsonArray list(JsonArray parts) {
        var bare = new JsonArray(parts.size());
        parts.forEach(part -> bare.add(part(part)));
        return bare;
    }

    private JsonObject component(JsonObject component) {
        var bare = new JsonObject();
        for (Map.Entry<String, JsonElement> member : component.entrySet()) {
            String name = member.getKey();
            switch (member.getValue()) {
                case JsonPrimitive value when WORDS.contains(name) || LOOKS.contains(name) -> bare.add(name, value);
                case JsonPrimitive value
                when name.equals("color") && isColour(value.getAsString()) -> bare.add(name, value);
                case JsonArray parts
                when !parts.isEmpty() && (name.equals("extra") || name.equals("with")) -> bare.add(name, list(parts));
                default -> {
                    // Events, fonts, and what the proxy has never heard of.
                }
            }
        }
        if (bare.keySet().stream().anyMatch(WORDS::contains)) {
            hasWords = true;
        } else {
            bare.addProperty("text", "");
        }
        return bare;
    }

    private static boolean isColour(String name) {
        return name.startsWith("#") ? TextColor.fromHexString(name) != null : NamedTextColor.NAMES.value(name) != null;
    }
}
