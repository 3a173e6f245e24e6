package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * How long titles show, in ticks of 50 ms, until others are told.
 *
 * @param fadeIn until it is there
 * @param stay how long it stays
 * @param fadeOut until it is gone
 */
public record TitleTimes(int fadeIn, int stay, int fadeOut) {

    /** Wire layout since 1.17. */
    public static final PacketLayout<TitleTimes> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_SET_TITLE_TIMES,
            Layout.fields(
                    Layout.INT,
                    TitleTimes::fadeIn,
                    Layout.INT,
                    TitleTimes::stay,
                    Layout.INT,
                    TitleTimes::fadeOut,
                    TitleTimes::new));

    /** Wire layout up to 1.16.5: a kind of the title packet, one higher since there are texts above the hotbar. */
    public static final PacketLayout<TitleTimes> LEGACY = PacketLayout.always(
                    PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY, kind(2))
            .since(ProtocolVersion.V1_11, kind(3));

    /** The layout in a version that has titles. */
    public static PacketLayout<TitleTimes> layout(PacketIds ids) {
        return ids.has(LAYOUT.type()) ? LAYOUT : LEGACY;
    }

    private static Layout<TitleTimes> kind(int kind) {
        return Layout.fields(
                Layout.VAR_INT,
                times -> kind,
                Layout.INT,
                TitleTimes::fadeIn,
                Layout.INT,
                TitleTimes::stay,
                Layout.INT,
                TitleTimes::fadeOut,
                (read, in, stay, out) -> new TitleTimes(in, stay, out));
    }
}
