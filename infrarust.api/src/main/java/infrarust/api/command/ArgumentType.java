package infrarust.api.command;

import infrarust.api.player.Player;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What may stand in the place of an argument, and what a plugin gets of it. Made by the methods of {@link Argument}.
 *
 * @param <T> what is got
 */
public sealed interface ArgumentType<T> {

    /**
     * Exactly this word, without regard to case: how one command does several things.
     *
     * @param word without blanks
     */
    record Literal(String word) implements ArgumentType<String> {

        /** @throws IllegalArgumentException if it is no word */
        public Literal {
            if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("\"" + word + "\" is no word");
            }
        }
    }

    /** Any one word. */
    record Word() implements ArgumentType<String> {}

    /** The rest of the line as it was typed, without blanks around it; at least one character. Only as the last argument. */
    record Text() implements ArgumentType<String> {}

    /**
     * A whole number, both bounds included.
     *
     * @param least the smallest
     * @param most the largest
     */
    record Whole(int least, int most) implements ArgumentType<Integer> {

        /** @throws IllegalArgumentException if no number is between the bounds */
        public Whole {
            if (least > most) {
                throw new IllegalArgumentException("no number is between " + least + " and " + most);
            }
        }
    }

    /** {@code true} or {@code false}. */
    record Truth() implements ArgumentType<Boolean> {}

    /**
     * One of these words, without regard to case; got as it stands here.
     *
     * @param words without blanks, at least one
     */
    record Choice(List<String> words) implements ArgumentType<String> {

        /** @throws IllegalArgumentException if there is no word */
        public Choice {
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a choice needs a word to choose");
            }
        }
    }

    /** The name of somebody who is online, without regard to case. */
    record OnlinePlayer() implements ArgumentType<Player> {}

    /** Several of those with commas between them, or {@code *} for all who are online; never empty. */
    record OnlinePlayers() implements ArgumentType<List<Player>> {}

    /** The id of a server of the configuration, without regard to case; got as the configuration writes it. */
    record Server() implements ArgumentType<String> {}

    /** Numbers with units, such as {@code 1d12h}, {@code 30m} or {@code 90s}; longer than nothing. */
    record Time() implements ArgumentType<Duration> {}

    /**
     * One word that the plugin reads itself, on the command's thread and within its deadline.
     *
     * @param reading throws {@link IllegalArgumentException} with a sentence for the source when the word will not do
     * @param words what could be meant, for completion; those that do not begin like what was typed are left out
     */
    record Custom<T>(Function<String, ? extends T> reading, Function<CommandSource, ? extends Collection<String>> words)
            implements ArgumentType<T> {}
}
