package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Bytes on a named channel, in the configuration.
 *
 * @param channel its name
 * @param content all that follows
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per access would be waste
public record PluginMessage(String channel, byte[] content) {

    /** Wire layout, configuration, to the client. */
    public static final PacketLayout<PluginMessage> CONFIGURATION_CLIENTBOUND = PacketLayout.always(
            PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE,
            Layout.fields(
                    Layout.string(Wire.MAX_STRING),
                    PluginMessage::channel,
                    Layout.REST,
                    PluginMessage::content,
                    PluginMessage::new));

    /** Tells the client what it is connected to, which it shows on its debug screen. */
    public static PluginMessage brand(String name) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeString(out, name);
        return new PluginMessage("minecraft:brand", Wire.readRest(out));
    }
}
