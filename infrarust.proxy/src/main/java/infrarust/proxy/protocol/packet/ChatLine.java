package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * A line in the client's chat that no player has written: the chat packet before 1.19, system chat since.
 *
 * @param text the line
 */
public record ChatLine(Component text) {

    /** In chat packets: not of a player, shown in the chat box. */
    private static final int SYSTEM = 1;

    private static final UUID NO_SENDER = new UUID(0, 0);

    /** Wire layout up to 1.18.2. */
    public static final PacketLayout<ChatLine> CHAT =
            TextLayouts.of(PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY, ChatLine::chat, ProtocolVersion.V1_8);
    /** Wire layout since 1.19. */
    public static final PacketLayout<ChatLine> SYSTEM_CHAT = TextLayouts.of(
            PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT,
            ChatLine::systemChat,
            ProtocolVersion.V1_19,
            ProtocolVersion.V1_19_1);

    /** The layout that the version has. */
    public static PacketLayout<ChatLine> layout(PacketIds ids) {
        return ids.has(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT) ? SYSTEM_CHAT : CHAT;
    }

    private static Layout<ChatLine> chat(int since, Layout<Component> text) {
        Layout<Integer> position = since < ProtocolVersion.V1_8 ? Layout.absent(SYSTEM) : Layout.UNSIGNED_BYTE;
        Layout<UUID> sender = since < ProtocolVersion.V1_16 ? Layout.absent(NO_SENDER) : Layout.UUID_BINARY;
        return Layout.fields(
                text,
                ChatLine::text,
                position,
                line -> SYSTEM,
                sender,
                line -> NO_SENDER,
                (read, where, who) -> new ChatLine(read));
    }

    private static Layout<ChatLine> systemChat(int since, Layout<Component> text) {
        // 1.19 counts the kinds of chat; since then a flag tells the action bar from the chat box.
        Layout<Integer> kind = since < ProtocolVersion.V1_19_1
                ? Layout.VAR_INT
                : Layout.BOOLEAN.map(overlay -> SYSTEM, ignored -> false);
        return Layout.fields(text, ChatLine::text, kind, line -> SYSTEM, (read, ignored) -> new ChatLine(read));
    }
}
