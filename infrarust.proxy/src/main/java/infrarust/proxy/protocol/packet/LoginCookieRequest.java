package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;

/**
 * A server asks the client during the login for what another server has stored there; since 1.20.5.
 *
 * @param key its name
 */
public record LoginCookieRequest(String key) {

    /** Wire layout. */
    public static final PacketLayout<LoginCookieRequest> LAYOUT = PacketLayout.<LoginCookieRequest>none(
                    PacketType.CLIENTBOUND_LOGIN_COOKIE_REQUEST)
            .since(
                    ProtocolVersion.V1_20_5,
                    Layout.fields(Layout.string(Wire.MAX_STRING), LoginCookieRequest::key, LoginCookieRequest::new));
}
