package infrarust.proxy.command;

import infrarust.api.command.ArgumentType;
import infrarust.api.command.CommandSource;
import infrarust.api.player.Player;
import infrarust.proxy.config.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One word as the value that an argument's type says, and what such a word could be. */
final class ArgumentValues {

    /** Everybody who is online. */
    private static final String ALL = "*";

    private static final List<String> DURATIONS = List.of("30m", "1h", "12h", "1d", "7d", "30d");
    private static final List<String> UNITS = List.of("s", "m", "h", "d");

    private final KnownNames known;

    ArgumentValues(KnownNames known) {
        this.known = known;
    }

    /** @throws IllegalArgumentException with a sentence for the source when the word will not do */
    Object read(ArgumentType<?> type, String word) {
        return switch (type) {
            case ArgumentType.Literal(String wanted) -> oneOf(List.of(wanted), word);
            case ArgumentType.Word _, ArgumentType.Text _ -> word;
            case ArgumentType.Whole whole -> number(whole, word);
            case ArgumentType.Truth _ -> oneOf(List.of("true", "false"), word).equals("true");
            case ArgumentType.Choice(List<String> words) -> oneOf(words, word);
            case ArgumentType.OnlinePlayer _ -> player(word);
            case ArgumentType.OnlinePlayers _ -> players(word);
            case ArgumentType.Server _ -> server(word);
            case ArgumentType.Time _ -> time(word);
            case ArgumentType.Custom<?> custom -> custom.reading().apply(word);
        };
    }

    private static String oneOf(List<String> words, String word) {
        return words.stream()
                .filter(word::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected " + Replies.either(words) + ", not \"" + word + "\"" + Replies.meant(word, words)));
    }

    private static int number(ArgumentType.Whole whole, String word) {
        int number;
        try {
            number = Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + word + "\" is no whole number" + bounds(whole) + ".", e);
        }
        if (number < whole.least() || number > whole.most()) {
            throw new IllegalArgumentException(word + " is no number" + bounds(whole) + ".");
        }
        return number;
    }

    private static String bounds(ArgumentType.Whole whole) {
        boolean fromBelow = whole.least() > Integer.MIN_VALUE;
        if (whole.most() < Integer.MAX_VALUE) {
            return fromBelow ? " from " + whole.least() + " to " + whole.most() : " up to " + whole.most();
        }
        return fromBelow ? " from " + whole.least() + " on" : "";
    }

    private Player player(String name) {
        return known.players()
                .byName(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("No player is called " + name + Replies.meant(name, names())));
    }

    private List<Player> players(String names) {
        if (names.equals(ALL)) {
            List<Player> all = known.players().all();
            if (all.isEmpty()) {
                throw new IllegalArgumentException("Nobody is online.");
            }
            return all;
        }
        List<Player> found = Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(this::player)
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("\"" + names + "\" names nobody.");
        }
        return found;
    }

    private String server(String id) {
        Collection<String> servers = known.servers().get();
        return servers.stream()
                .filter(id::equals)
                .findFirst()
                .or(() -> servers.stream().filter(id::equalsIgnoreCase).findFirst())
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no server " + id + Replies.meant(id, servers)));
    }

    private static Duration time(String word) {
        return DurationText.parse(word.toLowerCase(Locale.ROOT))
                .filter(Duration::isPositive)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + word + "\" is no duration; write it like 1d12h, 30m or 90s."));
    }

    private List<String> names() {
        return known.players().all().stream()
                .map(player -> player.profile().username())
                .toList();
    }

    /** What could stand there, some of it beginning with what was typed. */
    Stream<String> suggest(ArgumentType<?> type, CommandSource source, String begun) {
        return switch (type) {
            case ArgumentType.Literal(String word) -> Stream.of(word);
            case ArgumentType.Word _, ArgumentType.Text _, ArgumentType.Whole _ -> Stream.empty();
            case ArgumentType.Truth _ -> Stream.of("true", "false");
            case ArgumentType.Choice(List<String> words) -> words.stream();
            case ArgumentType.OnlinePlayer _ -> names().stream();
            case ArgumentType.OnlinePlayers _ -> severalNames(begun);
            case ArgumentType.Server _ -> known.servers().get().stream();
            case ArgumentType.Time _ -> durations(begun);
            case ArgumentType.Custom<?> custom -> custom.words().apply(source).stream();
        };
    }

    private Stream<String> severalNames(String begun) {
        int comma = begun.lastIndexOf(',');
        if (comma < 0) {
            return Stream.concat(names().stream(), Stream.of(ALL));
        }
        String before = begun.substring(0, comma + 1);
        List<String> named = Arrays.asList(before.split(","));
        return names().stream().filter(name -> !named.contains(name)).map(before::concat);
    }

    private static Stream<String> durations(String begun) {
        boolean number = !begun.isEmpty() && Character.isDigit(begun.charAt(begun.length() - 1));
        return number ? UNITS.stream().map(begun::concat) : DURATIONS.stream();
    }
}
