package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.List;

/**
 * The player gives a command, since 1.19: the serverbound packets "Chat Command" and "Signed Chat Command" of the protocol's
 * documentation (minecraft.wiki, Java Edition protocol).
 *
 * @param command without its slash
 * @param timestamp milliseconds since 1970; not in the unsigned form of 1.20.5
 * @param salt of the signatures; as the timestamp
 * @param signatures of arguments that others will read
 * @param tail as {@link ChatMessage#tail}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record ChatCommand(String command, long timestamp, long salt, List<ArgumentSignature> signatures, byte[] tail) {

    /**
     * The signature of one argument.
     *
     * @param argument its name
     * @param signature of the player
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
    public record ArgumentSignature(String argument, byte[] signature) {

        static Layout<ArgumentSignature> layout(Layout<byte[]> signature) {
            return Layout.fields(
                    Layout.string(16),
                    ArgumentSignature::argument,
                    signature,
                    ArgumentSignature::signature,
                    ArgumentSignature::new);
        }
    }

    /** What the game allows. */
    private static final int MAX_SIGNATURES = 8;

    private static final byte[] NONE = {};
    private static final Layout<String> TEXT = Layout.string(Wire.MAX_STRING);

    /** Wire layout of 1.19 to 1.19.2. */
    public static final PacketLayout<ChatCommand> KEYED = PacketLayout.<ChatCommand>none(
                    PacketType.SERVERBOUND_PLAY_COMMAND_KEYED)
            .since(ProtocolVersion.V1_19, signed(Layout.bytes(ChatMessage.MAX_KEYED_SIGNATURE)));

    /** Wire layout since 1.19.3; since 1.20.5 only of commands with arguments that can be signed. */
    public static final PacketLayout<ChatCommand> SIGNED = PacketLayout.<ChatCommand>none(
                    PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED)
            .since(ProtocolVersion.V1_19_3, signed(Layout.fixedBytes(ChatMessage.SIGNATURE_BYTES)));

    /** Wire layout since 1.20.5 of all other commands. */
    public static final PacketLayout<ChatCommand> UNSIGNED = PacketLayout.<ChatCommand>none(
                    PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED)
            .since(
                    ProtocolVersion.V1_20_5,
                    Layout.fields(
                            TEXT,
                            ChatCommand::command,
                            Layout.REST,
                            ChatCommand::tail,
                            (text, tail) -> new ChatCommand(text, 0, 0, List.of(), tail)));

    /** A command in the form that has only the command. */
    public static ChatCommand plain(String command) {
        return new ChatCommand(command, 0, 0, List.of(), NONE);
    }

    private static Layout<ChatCommand> signed(Layout<byte[]> signature) {
        return Layout.fields(
                TEXT,
                ChatCommand::command,
                Layout.LONG,
                ChatCommand::timestamp,
                Layout.LONG,
                ChatCommand::salt,
                ArgumentSignature.layout(signature).list(MAX_SIGNATURES),
                ChatCommand::signatures,
                Layout.REST,
                ChatCommand::tail,
                ChatCommand::new);
    }

    /** Whether the player has signed an argument. */
    public boolean isSigned() {
        return !signatures.isEmpty();
    }

    /** Another command at the same time, with another tail and without signatures. */
    public ChatCommand unsigned(String words, byte[] newTail) {
        return new ChatCommand(words, timestamp, salt, List.of(), newTail);
    }
}
