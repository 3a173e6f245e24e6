package infrarust.proxy.command;

import infrarust.api.command.Argument;
import infrarust.api.command.ArgumentType;
import infrarust.api.command.Arguments;
import infrarust.api.command.CommandSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what stands behind a command's name by the arguments that it declares, says what was expected instead, and what could
 * follow. Of several forms the first that fits is taken; when none does, the one that fits furthest explains.
 */
final class ArgumentReader {

    /** What a line was read as. */
    sealed interface Reading {

        /** It fits one of the forms. */
        record Fits(Arguments values) implements Reading {}

        /**
         * It fits none.
         *
         * @param expected a sentence or two for the source
         */
        record Wrong(String expected) implements Reading {}
    }

    private static final Pattern WORD = Pattern.compile("\\S+");

    private final ArgumentValues values;

    ArgumentReader(KnownNames known) {
        this.values = new ArgumentValues(known);
    }

    /** A word and where it begins. */
    private record Word(String text, int start) {}

    /**
     * Why a form does not fit.
     *
     * @param at how many words fit
     * @param wanted the argument that does not fit its word, or has none; empty when a word is too much
     * @param found the word, empty when the line ended
     * @param why a sentence about the word, if there is more to say than what was wanted
     */
    private record Misfit(int at, Optional<Argument<?>> wanted, String found, Optional<String> why) {}

    /** Reads a line. Plugins' own readers are called, and what they throw beside {@link IllegalArgumentException} gets through. */
    Reading read(List<List<Argument<?>>> forms, String raw) {
        List<Word> words = words(raw);
        List<Misfit> misfits = new ArrayList<>();
        for (List<Argument<?>> form : forms) {
            Map<String, Object> read = new HashMap<>();
            Optional<Misfit> misfit = fill(form, raw, words, read);
            if (misfit.isEmpty()) {
                return new Reading.Fits(Arguments.of(read));
            }
            misfits.add(misfit.get());
        }
        return new Reading.Wrong(explain(misfits));
    }

    private static List<Word> words(String raw) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(raw);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start()));
        }
        return words;
    }

    private Optional<Misfit> fill(List<Argument<?>> form, String raw, List<Word> words, Map<String, Object> read) {
        for (int i = 0; i < form.size(); i++) {
            Argument<?> argument = form.get(i);
            if (i == words.size()) {
                return argument.isOptional()
                        ? Optional.empty()
                        : Optional.of(new Misfit(i, Optional.of(argument), "", Optional.empty()));
            }
            Word word = words.get(i);
            if (argument.type() instanceof ArgumentType.Text) {
                read.put(argument.name(), raw.substring(word.start()).strip());
                return Optional.empty();
            }
            try {
                read.put(argument.name(), values.read(argument.type(), word.text()));
            } catch (IllegalArgumentException unfit) {
                return Optional.of(
                        new Misfit(i, Optional.of(argument), word.text(), Optional.ofNullable(unfit.getMessage())));
            }
        }
        return words.size() > form.size()
                ? Optional.of(new Misfit(
                        form.size(), Optional.empty(), words.get(form.size()).text(), Optional.empty()))
                : Optional.empty();
    }

    private static String explain(List<Misfit> misfits) {
        int furthest = misfits.stream().mapToInt(Misfit::at).max().orElse(0);
        List<Misfit> there =
                misfits.stream().filter(misfit -> misfit.at() == furthest).toList();
        String found = there.getFirst().found();
        List<Argument<?>> wanted = there.stream()
                .flatMap(misfit -> misfit.wanted().stream())
                .distinct()
                .toList();
        if (wanted.isEmpty()) {
            return "\"" + found + "\" is too much here.";
        }
        if (found.isEmpty()) {
            return "Expected "
                    + Replies.either(wanted.stream().map(ArgumentReader::shown).toList()) + ", but the line ends.";
        }
        Optional<String> why = there.stream()
                .filter(misfit ->
                        misfit.wanted().filter(ArgumentReader::isPlace).isPresent())
                .findFirst()
                .flatMap(misfit -> misfit.why());
        return why.orElseGet(() -> "Expected "
                + Replies.either(
                        wanted.stream().map(ArgumentReader::shown).distinct().toList())
                + ", not \"" + found + "\""
                + Replies.meant(found, wanted.stream().map(Argument::name).toList()));
    }

    /** Whether it is more than a fixed word. */
    private static boolean isPlace(Argument<?> argument) {
        return !(argument.type() instanceof ArgumentType.Literal);
    }

    private static String shown(Argument<?> argument) {
        return isPlace(argument) ? "<" + argument.name() + ">" : argument.name();
    }

    /** What could stand in the place of the last word, which is empty behind a blank and may be begun. */
    Collection<String> suggest(List<List<Argument<?>>> forms, CommandSource source, String raw) {
        List<Word> words = new ArrayList<>(words(raw));
        if (raw.isEmpty() || Character.isWhitespace(raw.charAt(raw.length() - 1))) {
            words.add(new Word("", raw.length()));
        }
        String begun = words.getLast().text();
        Set<String> found = new LinkedHashSet<>();
        for (List<Argument<?>> form : forms) {
            if (form.size() >= words.size() && fits(form, words.subList(0, words.size() - 1))) {
                values.suggest(form.get(words.size() - 1).type(), source, begun)
                        .filter(word -> word.regionMatches(true, 0, begun, 0, begun.length()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private boolean fits(List<Argument<?>> form, List<Word> words) {
        return Stream.iterate(0, i -> i < words.size(), i -> i + 1).allMatch(i -> {
            try {
                ArgumentType<?> type = form.get(i).type();
                return !(type instanceof ArgumentType.Text)
                        && values.read(type, words.get(i).text()) != null;
            } catch (IllegalArgumentException unfit) {
                return false;
            }
        });
    }
}
