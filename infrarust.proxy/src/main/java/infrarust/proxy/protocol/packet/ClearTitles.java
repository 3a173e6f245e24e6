package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * No title any more.
 *
 * @param reset whether its text and times are forgotten too
 */
public record ClearTitles(boolean reset) {

    /** Wire layout since 1.17. */
    public static final PacketLayout<ClearTitles> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_CLEAR_TITLES,
            Layout.fields(Layout.BOOLEAN, ClearTitles::reset, ClearTitles::new));

    /** Wire layout up to 1.16.5: two kinds of the title packet, one higher since there are texts above the hotbar. */
    public static final PacketLayout<ClearTitles> LEGACY = PacketLayout.always(
                    PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY, kinds(3))
            .since(ProtocolVersion.V1_11, kinds(4));

    /** The layout in a version that has titles. */
    public static PacketLayout<ClearTitles> layout(PacketIds ids) {
        return ids.has(LAYOUT.type()) ? LAYOUT : LEGACY;
    }

    /** @param hide the kind that hides; the next one resets */
    private static Layout<ClearTitles> kinds(int hide) {
        return Layout.fields(
                Layout.VAR_INT, clear -> clear.reset() ? hide + 1 : hide, kind -> new ClearTitles(kind != hide));
    }
}
