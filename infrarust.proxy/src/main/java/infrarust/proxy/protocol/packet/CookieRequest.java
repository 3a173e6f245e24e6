package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;

/**
 * The client is asked for what it keeps, behind the login; since 1.20.5.
 *
 * @param key its name
 */
public record CookieRequest(String key) {

    /** Wire layout, configuration. */
    public static final PacketLayout<CookieRequest> CONFIGURATION =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_COOKIE_REQUEST);
    /** Wire layout, play. */
    public static final PacketLayout<CookieRequest> PLAY = layout(PacketType.CLIENTBOUND_PLAY_COOKIE_REQUEST);

    private static PacketLayout<CookieRequest> layout(PacketType type) {
        return PacketLayout.always(
                type, Layout.fields(Layout.string(Wire.MAX_STRING), CookieRequest::key, CookieRequest::new));
    }
}
