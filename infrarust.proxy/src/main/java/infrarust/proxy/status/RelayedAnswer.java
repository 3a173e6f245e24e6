package infrarust.proxy.status;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.protocol.text.TextDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A backend's answer as a ready frame, in a plain array: shared by all event loops, gone when the last one forgets it. */
final class RelayedAnswer implements StatusAnswer {

    private final byte[] frame;
    private final int jsonBytes;

    private RelayedAnswer(byte[] frame, int jsonBytes) {
        this.frame = frame;
        this.jsonBytes = jsonBytes;
    }

    /**
     * Takes a backend's JSON over.
     *
     * @param json byte for byte what clients get, unless something is overridden
     * @param override the operator's wishes for a live answer
     * @param protocol the number that the backend was asked with
     * @throws IllegalArgumentException when the bytes are no JSON object
     */
    static RelayedAnswer of(byte[] json, Optional<LiveOverride> override, int protocol) {
        JsonObject parsed = parse(json);
        byte[] sent = json;
        if (override.isPresent()) {
            override.get().apply(parsed, protocol);
            sent = parsed.toString().getBytes(StandardCharsets.UTF_8);
        }
        ByteBuf out = Unpooled.buffer(sent.length + 16);
        StatusFrame.writeResponseHead(out, sent.length);
        out.writeBytes(sent);
        byte[] frame = new byte[out.readableBytes()];
        out.readBytes(frame);
        return new RelayedAnswer(frame, sent.length);
    }

    private static JsonObject parse(byte[] json) {
        try {
            if (JsonParser.parseString(new String(json, StandardCharsets.UTF_8)) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException malformed) {
            throw new IllegalArgumentException("Not JSON", malformed);
        }
        throw new IllegalArgumentException("JSON, but not an object");
    }

    /** Bytes that this answer holds. */
    int size() {
        return frame.length;
    }

    @Override
    public void write(ByteBuf out, int protocol) {
        out.writeBytes(frame);
    }

    /** Parses; that is for the few clients before 1.7. A member that is missing or of the wrong type is left out. */
    @Override
    public LegacyAnswer legacy(int protocol) {
        var text = new String(frame, frame.length - jsonBytes, jsonBytes, StandardCharsets.UTF_8);
        if (!(JsonParser.parseString(text) instanceof JsonObject status)) {
            throw new IllegalStateException("A status that was an object is none any more");
        }
        JsonObject version = object(status, "version");
        JsonObject players = object(status, "players");
        return new LegacyAnswer(
                number(version, "protocol"),
                version.get("name") instanceof JsonPrimitive name ? name.getAsString() : "",
                description(status),
                number(players, "online"),
                number(players, "max"));
    }

    private static String description(JsonObject status) {
        JsonElement description = status.get("description");
        if (description == null) {
            return "";
        }
        try {
            return PlainText.section(TextDialect.at(Integer.MAX_VALUE).parseTree(description));
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static int number(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonPrimitive value && value.isNumber()
                ? value.getAsNumber().intValue()
                : 0;
    }
}
