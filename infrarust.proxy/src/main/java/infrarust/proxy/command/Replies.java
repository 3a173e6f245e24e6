package infrarust.proxy.command;

import infrarust.proxy.config.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** How the proxy's own commands answer: the colours of each kind of answer, and phrases that several have. */
public final class Replies {

    private Replies() {}

    /** Something that cannot be done, and why. */
    public static Component wrong(String text) {
        return Component.text(text, NamedTextColor.RED);
    }

    /** Something that has been done. */
    public static Component done(String text) {
        return Component.text(text, NamedTextColor.GREEN);
    }

    /** What stands above a list. */
    public static Component title(String text) {
        return Component.text(text, NamedTextColor.YELLOW);
    }

    /** What can be typed. */
    public static Component typed(String text) {
        return Component.text(text, NamedTextColor.GOLD);
    }

    /** What is said beside. */
    public static Component aside(String text) {
        return Component.text(text, NamedTextColor.GRAY);
    }

    /** A number with its noun, which gets an {@code s} unless it is one. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}. */
    static String either(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    /** {@code ; did you mean x?} or a full stop: the end of a sentence about a word that is not known. */
    public static String meant(String word, Collection<String> known) {
        Optional<String> near = NearestName.of(word, known);
        return near.map(name -> "; did you mean " + name + "?").orElse(".");
    }
}
