package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/**
 * Every frame after this packet has the compressed form; since 1.8.
 *
 * @param threshold packets of at least so many bytes are deflated; negative: frames keep the plain form
 */
public record SetCompression(int threshold) {

    /** Wire layout. */
    public static final PacketLayout<SetCompression> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_LOGIN_SET_COMPRESSION,
            Layout.fields(Layout.VAR_INT, SetCompression::threshold, SetCompression::new));
}
