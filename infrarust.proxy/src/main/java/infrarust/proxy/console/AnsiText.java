package infrarust.proxy.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.flattener.ComponentFlattener;
import net.kyori.adventure.text.flattener.FlattenerListener;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.Style;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;

/**
 * Text of the game as a terminal shows it. Names and reasons in it come from strangers, so nothing but line breaks of their
 * control characters gets through: a terminal would obey them.
 */
final class AnsiText {

    private static final String RESET = "\033[0m";

    /** White and grey are told by how bright the terminal's own colour is, so that they can be read on paper too. */
    private static final Map<NamedTextColor, String> COLOURS = Map.ofEntries(
            Map.entry(NamedTextColor.BLACK, "90"),
            Map.entry(NamedTextColor.DARK_BLUE, "34"),
            Map.entry(NamedTextColor.DARK_GREEN, "32"),
            Map.entry(NamedTextColor.DARK_AQUA, "36"),
            Map.entry(NamedTextColor.DARK_RED, "31"),
            Map.entry(NamedTextColor.DARK_PURPLE, "35"),
            Map.entry(NamedTextColor.GOLD, "33"),
            Map.entry(NamedTextColor.GRAY, "2"),
            Map.entry(NamedTextColor.DARK_GRAY, "90"),
            Map.entry(NamedTextColor.BLUE, "94"),
            Map.entry(NamedTextColor.GREEN, "32"),
            Map.entry(NamedTextColor.AQUA, "96"),
            Map.entry(NamedTextColor.RED, "31"),
            Map.entry(NamedTextColor.LIGHT_PURPLE, "95"),
            Map.entry(NamedTextColor.YELLOW, "1"),
            Map.entry(NamedTextColor.WHITE, "39"));

    private static final Map<TextDecoration, String> DECORATIONS = Map.of(
            TextDecoration.BOLD, "1",
            TextDecoration.ITALIC, "3",
            TextDecoration.UNDERLINED, "4",
            TextDecoration.STRIKETHROUGH, "9");

    private final boolean colours;
    private final boolean allColours;

    /**
     * @param colours whether there are colours at all
     * @param allColours whether the terminal has 16 million of them
     */
    AnsiText(boolean colours, boolean allColours) {
        this.colours = colours;
        this.allColours = allColours;
    }

    /** The text, with as many lines as it has. */
    String of(Component component) {
        Writer writer = new Writer();
        ComponentFlattener.basic().flatten(component, writer);
        return writer.end();
    }

    /** Without control characters, but for line breaks; a tabulator becomes a blank. */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\n';
    }

    private static String replaced(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                clean.append("    ");
            } else if (c != '\r') {
                clean.append(isControl(c) ? '\uFFFD' : c);
            }
        }
        return clean.toString();
    }

    private final class Writer implements FlattenerListener {

        private final StringBuilder out = new StringBuilder();
        private final Deque<Style> styles = new ArrayDeque<>();
        private String now = "";

        @Override
        public void pushStyle(Style style) {
            Style around = styles.isEmpty() ? Style.empty() : styles.peek();
            styles.push(style.merge(around, Style.Merge.Strategy.IF_ABSENT_ON_TARGET));
        }

        @Override
        public void popStyle(Style style) {
            styles.pop();
        }

        @Override
        public void component(String text) {
            String wanted = colours && !styles.isEmpty() ? codes(styles.peek()) : "";
            if (!wanted.equals(now) && !text.isEmpty()) {
                out.append(now.isEmpty() ? "" : RESET).append(wanted.isEmpty() ? "" : "\033[" + wanted + "m");
                now = wanted;
            }
            out.append(printable(text));
        }

        String end() {
            return out.append(now.isEmpty() ? "" : RESET).toString();
        }
    }

    private String codes(Style style) {
        StringBuilder codes = new StringBuilder();
        TextColor colour = style.color();
        if (colour != null) {
            codes.append(code(colour));
        }
        DECORATIONS.forEach((decoration, code) -> {
            if (style.hasDecoration(decoration)) {
                codes.append(codes.isEmpty() ? "" : ";").append(code);
            }
        });
        return codes.toString();
    }

    private String code(TextColor colour) {
        if (allColours && !(colour instanceof NamedTextColor)) {
            return "38;2;" + colour.red() + ";" + colour.green() + ";" + colour.blue();
        }
        return COLOURS.getOrDefault(NamedTextColor.nearestTo(colour), "39");
    }
}
