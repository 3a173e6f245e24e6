package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What has to be known of a client with Forge for 1.7 to 1.12.2. It and its server agree on mods and on the numbers of blocks and items
 * in the game, before the packet that starts it, and do so once; told to begin anew, it forgets the numbers of the server before
 * and is ready for the next one's greeting. It takes being told so only when no agreement is under way: it ends the connection
 * otherwise. Only the loop's thread.
 */
final class LegacyForge {

    /** The channel of those agreements. */
    static final String CHANNEL = "FML|HS";

    /** What such clients append to the host of their handshake. */
    private static final String MARKER = "\0FML\0";

    /** Forge's {@code HandshakeReset}: its discriminator, −2, and a byte that nobody reads. */
    private static final byte[] RESET = {-2, 0};

    /** The discriminator of Forge's {@code HandshakeAck}, behind which a client says what it has done. */
    private static final byte ACKNOWLEDGEMENT = -1;
    /** The last thing that a client acknowledges: the agreement is complete. */
    private static final byte COMPLETE = 5;

    /** Whether the client waits for a greeting or for something behind it. */
    private boolean agreeing;

    /** The client says something on the {@linkplain #CHANNEL channel}. */
    void said(PacketIds ids, ByteBuf body) {
        if (ids.protocol() < ProtocolVersion.V1_8 && body.readableBytes() >= Short.BYTES) {
            body.skipBytes(Short.BYTES);
        }
        agreeing = body.readableBytes() < 2 || body.readByte() != ACKNOWLEDGEMENT || body.readByte() != COMPLETE;
    }

    /** Tells a client that it goes to another server, if it is such a client. Between two frames, in the game. */
    void reset(Session session) {
        PacketIds ids = session.ids();
        if (agreeing
                || ids.protocol() >= ProtocolVersion.V1_13
                || !session.client().handshake().host().contains(MARKER)) {
            return;
        }
        agreeing = true;
        ByteBuf packet = Unpooled.directBuffer();
        Wire.writeVarInt(packet, ids.id(PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE));
        Wire.writeString(packet, CHANNEL);
        if (ids.protocol() < ProtocolVersion.V1_8) {
            packet.writeShort(RESET.length);
        }
        session.link().send(packet.writeBytes(RESET));
    }
}
