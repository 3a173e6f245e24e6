package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import net.kyori.adventure.text.Component;

/**
 * The end of a connection in the configuration or play state, with a reason.
 *
 * @param reason shown by the client
 */
public record Disconnect(Component reason) {

    /** Wire layout, configuration. */
    public static final PacketLayout<Disconnect> CONFIGURATION =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT);
    /** Wire layout, play. */
    public static final PacketLayout<Disconnect> PLAY = layout(PacketType.CLIENTBOUND_PLAY_DISCONNECT);

    private static PacketLayout<Disconnect> layout(PacketType type) {
        return TextLayouts.of(type, (since, text) -> Layout.fields(text, Disconnect::reason, Disconnect::new));
    }
}
