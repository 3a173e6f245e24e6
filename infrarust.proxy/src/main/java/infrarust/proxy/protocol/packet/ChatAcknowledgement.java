package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * The client has seen messages of other players, and says so without writing one itself. What a message or command says about
 * it at its end can be said by this packet instead, so that the server's count does not suffer when the message is swallowed.
 *
 * @param seen since 1.19.3 a VarInt: how many more messages; in 1.19.1 and 1.19.2 a list of the last ones
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record ChatAcknowledgement(byte[] seen) {

    /** Wire layout since 1.19.1. */
    public static final PacketLayout<ChatAcknowledgement> LAYOUT = PacketLayout.<ChatAcknowledgement>none(
                    PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT)
            .since(
                    ProtocolVersion.V1_19_1,
                    Layout.fields(Layout.REST, ChatAcknowledgement::seen, ChatAcknowledgement::new));

    /** That many more messages, since 1.19.3. */
    public static ChatAcknowledgement ofCount(int count) {
        var bytes = Unpooled.buffer(Wire.MAX_VAR_INT_BYTES);
        Wire.writeVarInt(bytes, count);
        return new ChatAcknowledgement(Wire.readRest(bytes));
    }

    /**
     * What the end of a message or command acknowledges.
     *
     * @param tail as {@link ChatMessage#tail}
     * @return empty when it says nothing new, or the version does not know acknowledgements
     */
    public static Optional<ChatAcknowledgement> in(byte[] tail, PacketIds ids) {
        if (ids.protocol() >= ProtocolVersion.V1_19_3) {
            int count = tail.length == 0 ? 0 : Wire.readVarInt(Unpooled.wrappedBuffer(tail));
            return count == 0 ? Optional.empty() : Optional.of(ofCount(count));
        }
        if (ids.protocol() < ProtocolVersion.V1_19_1 || tail.length < 1) {
            return Optional.empty();
        }
        // Behind the flag of the preview: a list, and perhaps a last message. Both absent is two zeros.
        var bytes = Unpooled.wrappedBuffer(tail, 1, tail.length - 1);
        boolean saysNothing = bytes.readableBytes() == 2 && bytes.getShort(0) == 0;
        return saysNothing ? Optional.empty() : Optional.of(new ChatAcknowledgement(Wire.readRest(bytes)));
    }

    /** How many more messages, since 1.19.3. */
    public int count() {
        return Wire.readVarInt(Unpooled.wrappedBuffer(seen));
    }
}
