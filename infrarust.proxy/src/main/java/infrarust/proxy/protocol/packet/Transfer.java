package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;

/**
 * The client is to leave for another address; since 1.20.5.
 *
 * @param host a name or an address
 * @param port there
 */
public record Transfer(String host, int port) {

    /** Wire layout, configuration. */
    public static final PacketLayout<Transfer> CONFIGURATION = layout(PacketType.CLIENTBOUND_CONFIGURATION_TRANSFER);
    /** Wire layout, play. */
    public static final PacketLayout<Transfer> PLAY = layout(PacketType.CLIENTBOUND_PLAY_TRANSFER);

    private static PacketLayout<Transfer> layout(PacketType type) {
        return PacketLayout.always(
                type,
                Layout.fields(
                        Layout.string(Wire.MAX_STRING), Transfer::host, Layout.VAR_INT, Transfer::port, Transfer::new));
    }
}
