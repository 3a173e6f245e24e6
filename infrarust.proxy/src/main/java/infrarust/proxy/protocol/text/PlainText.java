package infrarust.proxy.protocol.text;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/** Text without JSON: for clients before 1.7, for the console, and for what operators write. Stateless; any thread. */
public final class PlainText {

    private static final LegacyComponentSerializer SECTION = LegacyComponentSerializer.legacySection();
    private static final LegacyComponentSerializer SECTION_HEX = LegacyComponentSerializer.builder()
            .character(LegacyComponentSerializer.SECTION_CHAR)
            .hexColors()
            .useUnusualXRepeatedCharacterHexFormat()
            .build();

    private PlainText() {}

    /** With {@code §} codes for the sixteen colours and five styles; other colours become the nearest of the sixteen. */
    public static String section(Component text) {
        return SECTION.serialize(text);
    }

    /** Without any code. */
    public static String plain(Component text) {
        return PlainTextComponentSerializer.plainText().serialize(text);
    }

    /**
     * What an operator wrote in a configuration file: text with {@code §} codes, where {@code §x§r§r§g§g§b§b} is any colour.
     */
    public static Component parse(String text) {
        return SECTION_HEX.deserialize(text);
    }
}
