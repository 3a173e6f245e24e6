package infrarust.proxy.status;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** What a pinger gets to see. Immutable; any thread. */
sealed interface StatusAnswer permits RelayedAnswer, OwnAnswer {

    /**
     * Writes the whole status response: length of the frame, id, JSON.
     *
     * @param protocol the number of the pinger's handshake
     */
    void write(ByteBuf out, int protocol);

    /**
     * What clients before 1.7 are told, who know no JSON.
     *
     * @param protocol the number that the client has said, or {@link LegacyAnswer#ANY_PROTOCOL}
     */
    LegacyAnswer legacy(int protocol);

    /**
     * The JSON as an object of the caller's own. Parses, so for the few who want to change it.
     *
     * @param protocol as of {@link #write}
     */
    default JsonObject json(int protocol) {
        ByteBuf out = Unpooled.buffer();
        write(out, protocol);
        Wire.readVarInt(out);
        out.skipBytes(1);
        int length = Wire.readVarInt(out);
        if (JsonParser.parseString(out.readString(length, StandardCharsets.UTF_8)) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalStateException("A status that was an object is none any more");
    }
}
