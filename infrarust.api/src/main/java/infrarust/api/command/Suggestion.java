package infrarust.api.command;

import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * What could stand in the place of the word under the cursor.
 *
 * @param text the whole word
 * @param tooltip what clients since 1.13 show beside it
 */
public record Suggestion(String text, Optional<Component> tooltip) {

    /** A word without a tooltip. */
    public static Suggestion of(String text) {
        return new Suggestion(text, Optional.empty());
    }
}
