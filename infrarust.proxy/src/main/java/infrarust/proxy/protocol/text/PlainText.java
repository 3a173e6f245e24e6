package infrarust.proxy.protocol.text;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.flattener.ComponentFlattener;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/** Text without JSON: for clients before 1.7, for the console, and for what operators write. Stateless; any thread. */
public final class PlainText {

    /** What has no words outside of a game, such as a score, is left out; the serializers' own flatteners throw. */
    private static final ComponentFlattener WORDS = ComponentFlattener.basic().toBuilder()
            .unknownMapper(component -> "")
            .build();

    private static final PlainTextComponentSerializer PLAIN =
            PlainTextComponentSerializer.builder().flattener(WORDS).build();
    private static final LegacyComponentSerializer SECTION =
            LegacyComponentSerializer.builder().flattener(WORDS).build();
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
        return PLAIN.serialize(text);
    }

    /**
     * What an operator wrote in a configuration file: text with {@code §} codes, where {@code §x§r§r§g§g§b§b} is any colour.
     */
    public static Component parse(String text) {
        return SECTION_HEX.deserialize(text);
    }
}
