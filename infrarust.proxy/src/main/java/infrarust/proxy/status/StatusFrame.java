package infrarust.proxy.status;

import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;

/** The packets of the status state, whose ids and layouts are the same in all versions since 1.7. */
final class StatusFrame {

    /** Of the request (serverbound) and of the response (clientbound). */
    static final int STATUS = 0x00;
    /** Of the ping (serverbound) and of the pong (clientbound); eight bytes follow, which the pong repeats. */
    static final int PING = 0x01;

    /** The whole frame of a pong. */
    static final int PONG_BYTES = 10;

    private StatusFrame() {}

    /** Writes what stands before the JSON of a response. */
    static void writeResponseHead(ByteBuf out, int jsonBytes) {
        Wire.writeVarInt(out, 1 + Wire.varIntSize(jsonBytes) + jsonBytes);
        out.writeByte(STATUS);
        Wire.writeVarInt(out, jsonBytes);
    }

    static void writePong(ByteBuf out, long payload) {
        out.writeByte(PONG_BYTES - 1).writeByte(PING).writeLong(payload);
    }
}
