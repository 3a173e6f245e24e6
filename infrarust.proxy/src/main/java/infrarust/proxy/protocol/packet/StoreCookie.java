package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;

/**
 * The client is to keep something; since 1.20.5.
 *
 * @param key its name
 * @param content at most 5,120 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per access would be waste
public record StoreCookie(String key, byte[] content) {

    /** What clients keep at most under one key. */
    public static final int MAX_CONTENT = 5120;

    /** Wire layout, configuration. */
    public static final PacketLayout<StoreCookie> CONFIGURATION =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_STORE_COOKIE);
    /** Wire layout, play. */
    public static final PacketLayout<StoreCookie> PLAY = layout(PacketType.CLIENTBOUND_PLAY_STORE_COOKIE);

    private static PacketLayout<StoreCookie> layout(PacketType type) {
        return PacketLayout.always(
                type,
                Layout.fields(
                        Layout.string(Wire.MAX_STRING),
                        StoreCookie::key,
                        Layout.bytes(MAX_CONTENT),
                        StoreCookie::content,
                        StoreCookie::new));
    }
}
