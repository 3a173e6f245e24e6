package infrarust.proxy.protocol.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import io.netty.buffer.ByteBuf;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.gson.GsonComponentSerializer;
import net.kyori.adventure.text.serializer.json.JSONOptions;

/**
 * The form that text components have in one band of protocol numbers: which names and values their members have, and whether
 * they travel as JSON or as NBT outside the login. Resolve once per connection with {@link #at}. Any thread.
 */
public enum TextDialect {
    /** Sixteen colours, hover text under {@code value}; only text and translations. */
    V1_7(0, 0),
    /** Scores and selectors. */
    V1_8(47, 0),
    /** Keys by their binding. */
    V1_12(335, 0),
    /** Values of NBT. */
    V1_14(477, 0),
    /** Any colour, hover text under {@code contents}. */
    V1_16(735, 2526),
    /** NBT outside status and login; UUIDs of hovered entities as four integers. */
    V1_20_3(765, 3679),
    /** Items with data components. */
    V1_20_5(766, 3819),
    /** Shadow colours. */
    V1_21_4(769, 4174),
    /** {@code click_event} and {@code hover_event} with members of their own per action, among them a page as a number. */
    V1_21_5(770, 4422),
    /** Dialogs and actions of servers. */
    V1_21_6(771, 4422),
    /** Sprites and heads. */
    V1_21_9(773, 4422);

    /** Longest component in JSON that vanilla reads, in characters. */
    private static final int MAX_JSON = 262_144;

    private static final TextDialect[] DIALECTS = values();

    private final int since;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, though not annotated as such
    private final GsonComponentSerializer serializer;

    TextDialect(int since, int dataVersion) {
        this.since = since;
        // Adventure names the bands by the world's data version, not always the one in which something changed: it has
        // page numbers as text in 1.21.5 (4325), where servers of that version write numbers.
        // Bare strings for components without style are turned off: they would make lists of mixed types, which NBT has
        // none of.
        this.serializer = GsonComponentSerializer.builder()
                .options(JSONOptions.byDataVersion().at(dataVersion))
                .editOptions(options -> options.value(JSONOptions.EMIT_COMPACT_TEXT_COMPONENT, false))
                .build();
    }

    /** The dialect of a protocol number, known or not. */
    public static TextDialect at(int protocol) {
        for (int i = DIALECTS.length - 1; i > 0; i--) {
            if (protocol >= DIALECTS[i].since) {
                return DIALECTS[i];
            }
        }
        return V1_7;
    }

    static TextDialect newest() {
        return DIALECTS[DIALECTS.length - 1];
    }

    /** The first protocol number that speaks it; 0 for the oldest. */
    public int since() {
        return since;
    }

    /** Whether text in configuration and play is NBT; JSON in a string before. Status and login are JSON in all versions. */
    public boolean isNbt() {
        return this.compareTo(V1_20_3) >= 0;
    }

    /** The component as JSON text: what status answers and login disconnects carry in all versions. */
    public String json(Component text) {
        return serializer.serializer().toJson(jsonTree(text));
    }

    /** The component as a JSON tree, for status answers. */
    public JsonElement jsonTree(Component text) {
        return KnownText.of(serializer.serializeToTree(text), this);
    }

    /**
     * Reads JSON text.
     *
     * @throws IllegalArgumentException when it is no JSON or no component; the message does not repeat it
     */
    public Component parseJson(String json) {
        try {
            return parseTree(JsonParser.parseString(json));
        } catch (JsonParseException malformed) {
            throw new IllegalArgumentException("Not JSON", malformed);
        }
    }

    /**
     * Reads a JSON tree. What the proxy cannot understand of it, such as a click event of a later version or a colour that
     * there is not, is left out, as long as words are left: the reason of a kick is worth more than its looks.
     *
     * @throws IllegalArgumentException when it is no component
     */
    public Component parseTree(JsonElement json) {
        if (json.isJsonNull()) {
            throw new IllegalArgumentException("Nothing where a text component should be");
        }
        try {
            return serializer.deserializeFromTree(json);
        } catch (RuntimeException notUnderstood) {
            // What peers write makes the serializer throw more than it says: bad keys, enums and numbers have their
            // own.
            return bare(json, notUnderstood);
        }
    }

    private Component bare(JsonElement json, RuntimeException notUnderstood) {
        try {
            return serializer.deserializeFromTree(BareText.of(json));
        } catch (RuntimeException malformed) {
            // As above.
            malformed.addSuppressed(notUnderstood);
            throw new IllegalArgumentException("Not a text component in JSON", malformed);
        }
    }

    /** Writes the component as configuration and play packets carry it: NBT where {@link #isNbt}, else a JSON string. */
    public void write(ByteBuf out, Component text) {
        if (isNbt()) {
            NetworkNbt.write(out, JsonNbt.toNbt(jsonTree(text)), NetworkNbt.UNNAMED_ROOT_SINCE);
        } else {
            writeJson(out, text);
        }
    }

    /**
     * Reads what {@link #write} writes.
     *
     * @throws MalformedPacketException when it is no component
     */
    public Component read(ByteBuf in) {
        if (!isNbt()) {
            return readJson(in);
        }
        JsonElement tree = JsonNbt.toJson(NetworkNbt.read(in, NetworkNbt.UNNAMED_ROOT_SINCE));
        try {
            return parseTree(tree);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedPacketException("NBT that is no text component");
        }
    }

    /**
     * Reads what {@link #writeJson} writes.
     *
     * @throws MalformedPacketException when it is no component
     */
    public Component readJson(ByteBuf in) {
        String json = Wire.readString(in, MAX_JSON);
        try {
            return parseJson(json);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedPacketException("JSON that is no text component");
        }
    }

    /** {@link #write} and {@link #read} as a field of a packet's layout. */
    public Layout<Component> layout() {
        return Layout.of(this::write, this::read);
    }

    /** Writes the component as a login disconnect carries it: JSON in a string. */
    public void writeJson(ByteBuf out, Component text) {
        Wire.writeString(out, json(text));
    }
}
