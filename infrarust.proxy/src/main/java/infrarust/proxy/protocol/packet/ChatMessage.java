package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.Optional;

/**
 * The player writes something into the chat: the serverbound packet "Chat Message" of the protocol's documentation
 * (minecraft.wiki, Java Edition protocol).
 *
 * @param text what was written; before 1.19 a command is a message that begins with a slash
 * @param timestamp milliseconds since 1970; since 1.19
 * @param salt of the signature; since 1.19
 * @param signature empty for none; since 1.19
 * @param tail what follows: in 1.19 to 1.19.2 whether a preview was signed, then (since 1.19.1) which messages the client has
 *     seen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record ChatMessage(String text, long timestamp, long salt, byte[] signature, byte[] tail) {

    /** How long a signature is since 1.19.3. */
    static final int SIGNATURE_BYTES = 256;
    /** Longest signature of a key that 1.19 to 1.19.2 accept. */
    static final int MAX_KEYED_SIGNATURE = 512;

    private static final byte[] NONE = {};
    /** Longer than any game sends; how much is allowed is decided by whoever reads. */
    private static final Layout<String> TEXT = Layout.string(Wire.MAX_STRING);

    private static final Layout<byte[]> SIGNATURE = Layout.fixedBytes(SIGNATURE_BYTES)
            .optional()
            .map(there -> there.orElse(NONE), bytes -> Optional.of(bytes).filter(some -> some.length > 0));

    /** Wire layout up to 1.18.2. */
    public static final PacketLayout<ChatMessage> LEGACY = PacketLayout.always(
            PacketType.SERVERBOUND_PLAY_CHAT_LEGACY,
            Layout.fields(
                    TEXT,
                    ChatMessage::text,
                    Layout.REST,
                    ChatMessage::tail,
                    (text, tail) -> new ChatMessage(text, 0, 0, NONE, tail)));

    /** Wire layout of 1.19 to 1.19.2. */
    public static final PacketLayout<ChatMessage> KEYED = PacketLayout.<ChatMessage>none(
                    PacketType.SERVERBOUND_PLAY_CHAT_KEYED)
            .since(ProtocolVersion.V1_19, signed(Layout.bytes(MAX_KEYED_SIGNATURE)));

    /** Wire layout since 1.19.3. */
    public static final PacketLayout<ChatMessage> SESSION = PacketLayout.<ChatMessage>none(
                    PacketType.SERVERBOUND_PLAY_CHAT_SESSION)
            .since(ProtocolVersion.V1_19_3, signed(SIGNATURE));

    private static Layout<ChatMessage> signed(Layout<byte[]> signature) {
        return Layout.fields(
                TEXT,
                ChatMessage::text,
                Layout.LONG,
                ChatMessage::timestamp,
                Layout.LONG,
                ChatMessage::salt,
                signature,
                ChatMessage::signature,
                Layout.REST,
                ChatMessage::tail,
                ChatMessage::new);
    }

    /** Whether the player has signed it. */
    public boolean isSigned() {
        return signature.length > 0;
    }

    /** The same at the same time, with other words and another tail, without a signature. */
    public ChatMessage unsigned(String words, byte[] newTail) {
        return new ChatMessage(words, timestamp, salt, NONE, newTail);
    }
}
