package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.List;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * What could stand in the place of a part of the line; since 1.13.
 *
 * @param id of the question
 * @param start of the part, in characters from the slash on
 * @param length of the part
 * @param words what could stand there
 */
public record TabSuggestions(int id, int start, int length, List<Word> words) {

    /**
     * One of them.
     *
     * @param text the word
     * @param tooltip shown beside it
     */
    public record Word(String text, Optional<Component> tooltip) {}

    private static final int MAX_WORDS = 1 << 16;

    /** Wire layout. */
    public static final PacketLayout<TabSuggestions> LAYOUT =
            TextLayouts.of(PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE, (since, text) -> template(text));

    private static Layout<TabSuggestions> template(Layout<Component> text) {
        Layout<Word> word =
                Layout.fields(Layout.string(Wire.MAX_STRING), Word::text, text.optional(), Word::tooltip, Word::new);
        return Layout.fields(
                Layout.VAR_INT,
                TabSuggestions::id,
                Layout.VAR_INT,
                TabSuggestions::start,
                Layout.VAR_INT,
                TabSuggestions::length,
                word.list(MAX_WORDS),
                TabSuggestions::words,
                TabSuggestions::new);
    }
}
