package infrarust.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.command.Argument;
import infrarust.api.command.Arguments;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.Player;
import infrarust.proxy.command.ArgumentReader.Reading;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentReaderTest {

    private static final Argument<String> SET = Argument.literal("set");
    private static final Argument<String> LIST = Argument.literal("list");
    private static final Argument<String> NAME = Argument.word("name");
    private static final Argument<Integer> LEVEL = Argument.whole("level", 1, 5);
    private static final Argument<Boolean> ON = Argument.truth("on");
    private static final Argument<Player> WHO = Argument.player("who");
    private static final Argument<List<Player>> ALL = Argument.players("all");
    private static final Argument<Duration> TIME = Argument.time("time");
    private static final Argument<String> TEXT = Argument.text("text");
    private static final Argument<String> COLOUR = Argument.choice("colour", "red", "Green");
    private static final Argument<Character> INITIAL = Argument.custom(
            "initial",
            word -> {
                if (word.length() != 1) {
                    throw new IllegalArgumentException("\"" + word + "\" is more than a letter.");
                }
                return word.charAt(0);
            },
            source -> List.of("a", "b"));

    private final OnlinePlayers players = new OnlinePlayers();
    private final FakePlayer bob = new FakePlayer(1, "Bob");
    private final ArgumentReader reader =
            new ArgumentReader(new KnownNames(players, () -> List.of("lobby", "Lobby2", "games")));

    ArgumentReaderTest() {
        players.register(bob);
        players.register(new FakePlayer(2, "Eve"));
    }

    private Arguments read(CommandSpec spec, String line) {
        return ((Reading.Fits) reader.read(spec.forms(), line)).values();
    }

    private <T> T value(Argument<T> argument, String line) {
        return read(CommandSpec.of("x").withArguments(argument), line).get(argument);
    }

    private String wrong(CommandSpec spec, String line) {
        return ((Reading.Wrong) reader.read(spec.forms(), line)).expected();
    }

    private String wrong(Argument<?> argument, String line) {
        return wrong(CommandSpec.of("x").withArguments(argument), line);
    }

    @Nested
    class A_value {

        @Test
        void is_what_its_type_says() {
            assertThat(value(NAME, " a ")).isEqualTo("a");
            assertThat(value(LEVEL, "5")).isEqualTo(5);
            assertThat(value(ON, "TRUE")).isTrue();
            assertThat(value(ON, "false")).isFalse();
            assertThat(value(WHO, "bob")).isEqualTo(bob);
            assertThat(value(ALL, "*")).hasSize(2);
            assertThat(value(ALL, "eve,Bob,,bob")).hasSize(2);
            assertThat(value(TIME, "1d12h")).isEqualTo(Duration.ofHours(36));
            assertThat(value(TIME, "90S")).isEqualTo(Duration.ofSeconds(90));
            assertThat(value(TEXT, "  many  words ")).isEqualTo("many  words");
            assertThat(value(COLOUR, "GREEN")).isEqualTo("Green");
            assertThat(value(INITIAL, "x")).isEqualTo('x');
            assertThat(value(Argument.server("s"), "LOBBY")).isEqualTo("lobby");
            assertThat(value(Argument.server("s"), "lobby2")).isEqualTo("Lobby2");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "6 | 6 is no number from 1 to 5.",
                    "-1 | -1 is no number from 1 to 5.",
                    "five | \"five\" is no whole number from 1 to 5.",
                    "99999999999 | \"99999999999\" is no whole number from 1 to 5."
                })
        void that_is_no_number_in_its_bounds_is_refused(String word, String expected) {
            assertThat(wrong(LEVEL, word)).isEqualTo(expected);
        }

        @Test
        void that_does_not_fit_is_told_why() {
            assertThat(wrong(WHO, "Bbo")).isEqualTo("No player is called Bbo; did you mean Bob?");
            assertThat(wrong(WHO, "Somebody")).isEqualTo("No player is called Somebody.");
            assertThat(wrong(ALL, ",")).isEqualTo("\",\" names nobody.");
            assertThat(wrong(TIME, "soon")).isEqualTo("\"soon\" is no duration; write it like 1d12h, 30m or 90s.");
            assertThat(wrong(TIME, "0s")).contains("no duration");
            assertThat(wrong(COLOUR, "gren")).isEqualTo("Expected red or Green, not \"gren\"; did you mean Green?");
            assertThat(wrong(INITIAL, "xy")).isEqualTo("\"xy\" is more than a letter.");
            assertThat(wrong(ON, "yes")).isEqualTo("Expected true or false, not \"yes\".");
        }
    }

    @Nested
    class Of_several_forms {

        private final CommandSpec spec = CommandSpec.of("x")
                .withArguments(SET, NAME, LEVEL)
                .withArguments(LIST, Argument.whole("page").optional())
                .withArguments(WHO);

        @Test
        void the_first_that_fits_is_taken() {
            Arguments set = read(spec, "SET home 3");
            assertThat(set.has(SET)).isTrue();
            assertThat(set.get(NAME)).isEqualTo("home");
            assertThat(set.find(WHO)).isEmpty();
            assertThat(read(spec, "list").has(LIST)).isTrue();
            assertThat(read(spec, "Bob").get(WHO)).isEqualTo(bob);
            assertThatThrownBy(() -> set.get(WHO))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("<who>");
        }

        @Test
        void the_one_that_fits_furthest_explains() {
            assertThat(wrong(spec, "set home")).isEqualTo("Expected <level>, but the line ends.");
            assertThat(wrong(spec, "set home 9")).isEqualTo("9 is no number from 1 to 5.");
            assertThat(wrong(spec, "list 1 2")).isEqualTo("\"2\" is too much here.");
            assertThat(wrong(spec, "")).isEqualTo("Expected set, list or <who>, but the line ends.");
            assertThat(wrong(spec, "Bbo")).isEqualTo("No player is called Bbo; did you mean Bob?");
        }

        @Test
        void all_that_can_still_fit_are_completed() {
            assertThat(reader.suggest(spec.forms(), new Hearer(24), "")).containsExactly("set", "list", "Bob", "Eve");
            assertThat(reader.suggest(spec.forms(), new Hearer(24), "S")).containsExactly("set");
            assertThat(reader.suggest(spec.forms(), new Hearer(24), "set x ")).isEmpty();
            assertThat(reader.suggest(spec.forms(), new Hearer(24), "set x 1 ")).isEmpty();
        }
    }

    @Test
    void durations_are_completed_by_their_units() {
        var forms = CommandSpec.of("x").withArguments(TIME).forms();
        assertThat(reader.suggest(forms, new Hearer(24), "1d12")).containsExactly("1d12s", "1d12m", "1d12h", "1d12d");
        assertThat(reader.suggest(forms, new Hearer(24), "")).contains("30m", "7d");
    }

    @Test
    void a_form_has_to_make_sense() {
        var spec = CommandSpec.of("x");
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withArguments(TEXT, NAME));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withArguments(NAME, NAME));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withArguments(NAME.optional(), LEVEL));
        assertThatIllegalArgumentException().isThrownBy(() -> Argument.whole("n", 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Argument.word("two words"));
        assertThat(spec.withArguments(SET, NAME, TEXT.optional())
                        .withArguments()
                        .usages())
                .containsExactly("set <name> [text...]", "");
    }
}
