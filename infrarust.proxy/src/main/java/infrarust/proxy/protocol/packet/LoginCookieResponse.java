package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.Optional;

/**
 * The answer to a {@link LoginCookieRequest}; since 1.20.5.
 *
 * @param key of the request
 * @param content at most 5,120 bytes; empty when nothing is stored under the key
 */
public record LoginCookieResponse(String key, Optional<byte[]> content) {

    private static final int MAX_CONTENT = 5120;

    /** Wire layout. */
    public static final PacketLayout<LoginCookieResponse> LAYOUT = PacketLayout.<LoginCookieResponse>none(
                    PacketType.SERVERBOUND_LOGIN_COOKIE_RESPONSE)
            .since(
                    ProtocolVersion.V1_20_5,
                    Layout.fields(
                            Layout.string(Wire.MAX_STRING),
                            LoginCookieResponse::key,
                            Layout.bytes(MAX_CONTENT).optional(),
                            LoginCookieResponse::content,
                            LoginCookieResponse::new));
}
