package infrarust.proxy.forward;

import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collection;

/** What the first bytes of a client say about its login: a handshake that has been read already, and what came behind it. */
sealed interface LoginPeek {

    /** The login start is not all there yet. */
    record Incomplete() implements LoginPeek {}

    /** The client wants to be called so. */
    record Name(String name) implements LoginPeek {}

    /** That is no login start. */
    record Foreign() implements LoginPeek {}

    /** A handshake, and a login start of any version: a name, a key of 512 and a signature of 4,096 bytes, a UUID. */
    int MOST = 8 << 10;

    /** In every version. */
    int LOGIN_START = 0x00;

    /** Looks at the bytes, and leaves them as they are. */
    static LoginPeek at(Collection<ByteBuf> bytes) {
        // A few bytes of each connection, as a rule in one piece.
        ByteBuf all = Unpooled.buffer(128, MOST);
        for (ByteBuf part : bytes) {
            all.writeBytes(part.duplicate(), Math.min(part.readableBytes(), all.maxWritableBytes()));
        }
        try {
            int handshake = Frames.readLength(all, MOST);
            if (handshake == Frames.INCOMPLETE || all.readableBytes() < handshake) {
                return new Incomplete();
            }
            all.skipBytes(handshake);
            int length = Frames.readLength(all, MOST - all.readerIndex());
            if (length == Frames.INCOMPLETE || all.readableBytes() < length) {
                return new Incomplete();
            }
            ByteBuf frame = all.readSlice(length);
            if (Wire.readVarInt(frame) != LOGIN_START) {
                return new Foreign();
            }
            String name = Wire.readString(frame, Wire.MAX_NAME);
            return OfflineProfile.isName(name) ? new Name(name) : new Foreign();
        } catch (MalformedPacketException foreign) {
            return new Foreign();
        }
    }
}
