package infrarust.proxy.wasm.contract023;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.gson.GsonComponentSerializer;

/**
 * The contract's {@code component}: a text as one string. Towards the guest it is always text-component JSON. What comes from
 * the guest is JSON if it can be read as that, and else plain text as it stands; it is never an error.
 */
final class GuestText {

    /** Deeper texts are no texts; the limit keeps the serializer, which recurses, from the end of its stack. */
    private static final int MAX_DEPTH = 64;

    private static final GsonComponentSerializer JSON = GsonComponentSerializer.gson();
    private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);

    private GuestText() {}

    /** As JSON. */
    static String toGuest(Component text) {
        return JSON.serialize(text);
    }

    /** From JSON or plain text. */
    static Component fromGuest(String text) {
        // Only these begin a text component that is not plain text anyway.
        if (text.isEmpty()
                || "{[\""
                                .indexOf(
                                        text.stripLeading().isEmpty()
                                                ? ' '
                                                : text.stripLeading().charAt(0))
                        < 0) {
            return Component.text(text);
        }
        try {
            return JSON.deserializeFromTree(read(text));
        } catch (IOException | JsonParseException | IllegalStateException | UnsupportedOperationException notJson) {
            // By the contract anything that cannot be read is plain text; what was wrong with it interests nobody.
            return Component.text(text);
        }
    }

    /** The usual entry points of the library accept much that is not JSON, for example {@code [Server]}. */
    private static JsonElement read(String text) throws IOException {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(MAX_DEPTH);
            JsonElement tree = TREE.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows the value");
            }
            return tree;
        }
    }
}
