package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import java.util.Optional;

/**
 * The answer to a {@link LoginPluginRequest}; since 1.13.
 *
 * @param id of the request
 * @param content all that follows; empty when the request was not understood
 */
public record LoginPluginResponse(int id, Optional<byte[]> content) {

    /** Wire layout. */
    public static final PacketLayout<LoginPluginResponse> LAYOUT = PacketLayout.<LoginPluginResponse>none(
                    PacketType.SERVERBOUND_LOGIN_PLUGIN_RESPONSE)
            .since(
                    ProtocolVersion.V1_13,
                    Layout.fields(
                            Layout.VAR_INT,
                            LoginPluginResponse::id,
                            Layout.REST.optional(),
                            LoginPluginResponse::content,
                            LoginPluginResponse::new));
}
