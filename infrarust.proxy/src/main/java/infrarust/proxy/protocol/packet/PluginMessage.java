package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Bytes on a named channel. The same layout in both directions and in both states.
 *
 * @param channel its name
 * @param content all that follows; before 1.8 its length comes first, in 16 bits
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per access would be waste
public record PluginMessage(String channel, byte[] content) {

    /** The most content that the versions before 1.8 can say the length of. */
    public static final int MAX_OLD_CONTENT = Short.MAX_VALUE;

    /** Wire layout, configuration, to the client. */
    public static final PacketLayout<PluginMessage> CONFIGURATION_CLIENTBOUND =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE);
    /** Wire layout, configuration, to the server. */
    public static final PacketLayout<PluginMessage> CONFIGURATION_SERVERBOUND =
            layout(PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE);
    /** Wire layout, play, to the client. */
    public static final PacketLayout<PluginMessage> PLAY_CLIENTBOUND =
            layout(PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE);
    /** Wire layout, play, to the server. */
    public static final PacketLayout<PluginMessage> PLAY_SERVERBOUND =
            layout(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);

    private static PacketLayout<PluginMessage> layout(PacketType type) {
        return PacketLayout.always(type, template(Layout.shortBytes(0xFFFF)))
                .since(ProtocolVersion.V1_8, template(Layout.REST));
    }

    private static Layout<PluginMessage> template(Layout<byte[]> content) {
        return Layout.fields(
                Layout.string(Wire.MAX_STRING),
                PluginMessage::channel,
                content,
                PluginMessage::content,
                PluginMessage::new);
    }

    /** The layout of a packet of that type. */
    public static PacketLayout<PluginMessage> layoutOf(PacketType type) {
        return switch (type) {
            case CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE -> CONFIGURATION_CLIENTBOUND;
            case SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE -> CONFIGURATION_SERVERBOUND;
            case CLIENTBOUND_PLAY_PLUGIN_MESSAGE -> PLAY_CLIENTBOUND;
            case SERVERBOUND_PLAY_PLUGIN_MESSAGE -> PLAY_SERVERBOUND;
            default -> throw new IllegalArgumentException(type + " is no plugin message");
        };
    }

    /** Tells the client what it is connected to, which it shows on its debug screen. */
    public static PluginMessage brand(String name) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeString(out, name);
        return new PluginMessage("minecraft:brand", Wire.readRest(out));
    }
}
