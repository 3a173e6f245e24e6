package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import net.kyori.adventure.text.Component;

/**
 * What is above and below the list of players; since 1.8. Empty text takes it away.
 *
 * @param header above
 * @param footer below
 */
public record TabListHeader(Component header, Component footer) {

    /** Wire layout. */
    public static final PacketLayout<TabListHeader> LAYOUT = TextLayouts.of(
            PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER,
            (since, text) ->
                    Layout.fields(text, TabListHeader::header, text, TabListHeader::footer, TabListHeader::new));
}
