package infrarust.proxy.login;

import infrarust.api.player.ProfileProperty;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The signed answer that Velocity gives: HMAC-SHA256 of all that follows, the version of the format, address, UUID, name and
 * properties. The question is one byte, the newest version that the server reads; without it, it reads version 1.
 */
public final class VelocityForwarding {

    /** The channel of the question. */
    public static final String CHANNEL = "velocity:player_info";

    /** Without a chat key. */
    private static final int PLAIN = 1;
    /** The chat session comes later from the client itself; the bytes are those of version 1. */
    private static final int LAZY_SESSION = 4;

    private VelocityForwarding() {}

    /** The newest version that a question allows. */
    public static int asked(byte[] question) {
        return question.length == 0 ? PLAIN : question[0] & 0xFF;
    }

    /**
     * The version of the answer. What the client speaks does not matter, for the server may have a translation before it;
     * 2 and 3 carry a chat key, and the proxy has none to forward.
     *
     * @param newest as of {@link #asked}
     */
    public static int version(int newest) {
        return newest >= LAZY_SESSION ? LAZY_SESSION : PLAIN;
    }

    static byte[] answer(byte[] question, Identity player, ForwardingSecret secret) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeVarInt(out, version(asked(question)));
        Wire.writeString(out, player.address());
        Wire.writeUuid(out, player.profile().uuid());
        Wire.writeString(out, player.profile().username());
        Wire.writeVarInt(out, player.profile().properties().size());
        for (ProfileProperty property : player.profile().properties()) {
            Wire.writeString(out, property.name());
            Wire.writeString(out, property.value());
            out.writeBoolean(property.signature().isPresent());
            property.signature().ifPresent(signature -> Wire.writeString(out, signature));
        }
        byte[] message = Wire.readRest(out);
        return Wire.readRest(Unpooled.wrappedBuffer(secret.sign(message), message));
    }
}
