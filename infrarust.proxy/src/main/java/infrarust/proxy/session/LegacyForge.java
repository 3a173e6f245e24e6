package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Clients with Forge for 1.7 to 1.12.2. They and their server agree on mods and on the numbers of blocks and items in the game, before
 * the packet that starts it, and do so once; told to begin anew, they forget the numbers of the server before and are ready for the
 * next one's greeting.
 */
final class LegacyForge {

    /** What such clients append to the host of their handshake. */
    private static final String MARKER = "\0FML\0";

    private static final String CHANNEL = "FML|HS";
    /** Forge's {@code HandshakeReset}: its discriminator, −2, and a byte that nobody reads. */
    private static final byte[] RESET = {-2, 0};

    private LegacyForge() {}

    /** Tells a client that it goes to another server, if it is such a client. Between two frames, in the game. */
    static void reset(Session session) {
        PacketIds ids = session.ids();
        if (ids.protocol() >= ProtocolVersion.V1_13
                || !session.client().handshake().host().contains(MARKER)) {
            return;
        }
        ByteBuf packet = Unpooled.directBuffer();
        Wire.writeVarInt(packet, ids.id(PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE));
        Wire.writeString(packet, CHANNEL);
        if (ids.protocol() < ProtocolVersion.V1_8) {
            packet.writeShort(RESET.length);
        }
        session.link().send(packet.writeBytes(RESET));
    }
}
