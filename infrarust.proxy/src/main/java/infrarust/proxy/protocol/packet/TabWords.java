package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.List;

/**
 * What could stand in the place of the last word; up to 1.12.2.
 *
 * @param words whole words, with the slash where the word is the first one
 */
public record TabWords(List<String> words) {

    /** More than any server answers. */
    private static final int MAX_WORDS = 1 << 16;

    /** Wire layout. */
    public static final PacketLayout<TabWords> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE,
            Layout.fields(Layout.string(Wire.MAX_STRING).list(MAX_WORDS), TabWords::words, TabWords::new));
}
