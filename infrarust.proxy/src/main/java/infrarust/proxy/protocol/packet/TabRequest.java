package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;

/**
 * The client asks what could stand at the cursor. What follows (the block looked at, before 1.13) is left unread.
 *
 * @param id what the answer repeats; since 1.13
 * @param text the line up to the cursor, with its slash
 */
public record TabRequest(int id, String text) {

    private static final Layout<String> TEXT = Layout.string(Wire.MAX_STRING);

    /** Wire layout. */
    public static final PacketLayout<TabRequest> LAYOUT = PacketLayout.always(
                    PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST, template(Layout.absent(0)))
            .since(ProtocolVersion.V1_13, template(Layout.VAR_INT));

    private static Layout<TabRequest> template(Layout<Integer> id) {
        return Layout.fields(id, TabRequest::id, TEXT, TabRequest::text, TabRequest::new);
    }
}
