package infrarust.proxy.status;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import infrarust.api.event.PingResponse;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.text.PlainText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A backend's answer, or one that plugins have changed, as a ready frame, in a plain array: shared by all event loops, gone when the
 * last one forgets it.
 */
final class RelayedAnswer implements StatusAnswer {

    private final byte[] frame;

    private RelayedAnswer(byte[] frame) {
        this.frame = frame;
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
        return framed(sent);
    }

    /** An answer with that JSON. */
    static RelayedAnswer of(JsonObject json) {
        return framed(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static RelayedAnswer framed(byte[] json) {
        ByteBuf out = Unpooled.buffer(json.length + 16);
        StatusFrame.writeResponseHead(out, json.length);
        out.writeBytes(json);
        return new RelayedAnswer(Wire.readRest(out));
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
        PingResponse read = StatusMembers.read(json(protocol));
        return new LegacyAnswer(
                read.protocolVersion(),
                read.versionName(),
                PlainText.section(read.description()),
                read.onlinePlayers(),
                read.maxPlayers());
    }
}
