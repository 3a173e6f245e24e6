package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.Optional;

/**
 * The answer to a {@link CookieRequest}; since 1.20.5.
 *
 * @param key of the request
 * @param content at most 5,120 bytes; empty when nothing is kept under the key
 */
public record CookieResponse(String key, Optional<byte[]> content) {

    /** Wire layout, configuration. */
    public static final PacketLayout<CookieResponse> CONFIGURATION =
            layout(PacketType.SERVERBOUND_CONFIGURATION_COOKIE_RESPONSE);
    /** Wire layout, play. */
    public static final PacketLayout<CookieResponse> PLAY = layout(PacketType.SERVERBOUND_PLAY_COOKIE_RESPONSE);

    private static PacketLayout<CookieResponse> layout(PacketType type) {
        return PacketLayout.always(
                type,
                Layout.fields(
                        Layout.string(Wire.MAX_STRING),
                        CookieResponse::key,
                        Layout.bytes(StoreCookie.MAX_CONTENT).optional(),
                        CookieResponse::content,
                        CookieResponse::new));
    }
}
