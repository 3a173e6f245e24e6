package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;

/**
 * A server asks something during the login, on a named channel; since 1.13.
 *
 * @param id which the answer repeats
 * @param channel its name
 * @param content all that follows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record LoginPluginRequest(int id, String channel, byte[] content) {

    /** Wire layout. */
    public static final PacketLayout<LoginPluginRequest> LAYOUT = PacketLayout.<LoginPluginRequest>none(
                    PacketType.CLIENTBOUND_LOGIN_PLUGIN_REQUEST)
            .since(
                    ProtocolVersion.V1_13,
                    Layout.fields(
                            Layout.VAR_INT,
                            LoginPluginRequest::id,
                            Layout.string(Wire.MAX_STRING),
                            LoginPluginRequest::channel,
                            Layout.REST,
                            LoginPluginRequest::content,
                            LoginPluginRequest::new));
}
