package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/**
 * Around which chunk the client keeps others; since 1.14.
 *
 * @param x of the chunk
 * @param z of the chunk
 */
public record CenterChunk(int x, int z) {

    /** Wire layout. */
    public static final PacketLayout<CenterChunk> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_SET_CENTER_CHUNK,
            Layout.fields(Layout.VAR_INT, CenterChunk::x, Layout.VAR_INT, CenterChunk::z, CenterChunk::new));
}
