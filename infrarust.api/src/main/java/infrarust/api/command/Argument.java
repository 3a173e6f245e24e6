package infrarust.api.command;

import infrarust.api.player.Player;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A place behind a command's name, and the key by which {@link CommandInvocation#get} answers what stood there:
 *
 * <pre>{@code
 * static final Argument<Player> WHO = Argument.player("player");
 * static final Argument<String> WHY = Argument.text("reason").optional();
 *
 * commands.register(CommandSpec.of("warn").withArguments(WHO, WHY), invocation -> {
 *     invocation.get(WHO).sendMessage(Component.text(invocation.find(WHY).orElse("Behave.")));
 *     return Plugin.done();
 * });
 * }</pre>
 *
 * @param name what help calls it; not empty, without blanks. No two arguments of one form have the same name
 * @param type what may stand there
 * @param isOptional whether the line may end before it
 */
public record Argument<T>(String name, ArgumentType<T> type, boolean isOptional) {

    /** @throws IllegalArgumentException if the name has another form */
    public Argument {
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be an argument's name: it is one word");
        }
    }

    private static <T> Argument<T> of(String name, ArgumentType<T> type) {
        return new Argument<>(name, type, false);
    }

    /** As {@link ArgumentType.Literal}. */
    public static Argument<String> literal(String word) {
        return of(word, new ArgumentType.Literal(word));
    }

    /** As {@link ArgumentType.Word}. */
    public static Argument<String> word(String name) {
        return of(name, new ArgumentType.Word());
    }

    /** As {@link ArgumentType.Text}. */
    public static Argument<String> text(String name) {
        return of(name, new ArgumentType.Text());
    }

    /** Any whole number that an {@code int} holds. */
    public static Argument<Integer> whole(String name) {
        return whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** As {@link ArgumentType.Whole}. */
    public static Argument<Integer> whole(String name, int least, int most) {
        return of(name, new ArgumentType.Whole(least, most));
    }

    /** As {@link ArgumentType.Truth}. */
    public static Argument<Boolean> truth(String name) {
        return of(name, new ArgumentType.Truth());
    }

    /** As {@link ArgumentType.Choice}. */
    public static Argument<String> choice(String name, String... words) {
        return of(name, new ArgumentType.Choice(List.of(words)));
    }

    /** As {@link ArgumentType.OnlinePlayer}. */
    public static Argument<Player> player(String name) {
        return of(name, new ArgumentType.OnlinePlayer());
    }

    /** As {@link ArgumentType.OnlinePlayers}. */
    public static Argument<List<Player>> players(String name) {
        return of(name, new ArgumentType.OnlinePlayers());
    }

    /** As {@link ArgumentType.Server}. */
    public static Argument<String> server(String name) {
        return of(name, new ArgumentType.Server());
    }

    /** As {@link ArgumentType.Time}. */
    public static Argument<Duration> time(String name) {
        return of(name, new ArgumentType.Time());
    }

    /** As {@link ArgumentType.Custom}. */
    public static <T> Argument<T> custom(
            String name,
            Function<String, ? extends T> reading,
            Function<CommandSource, ? extends Collection<String>> words) {
        return of(name, new ArgumentType.Custom<>(reading, words));
    }

    /** The same, but the line may end before it. Finds what the argument itself finds: both have one name. */
    public Argument<T> optional() {
        return new Argument<>(name, type, true);
    }

    /** As help writes it: {@code word}, {@code <name>}, {@code [name]}; a text with dots behind its name. */
    public String usage() {
        if (type instanceof ArgumentType.Literal(String word)) {
            return isOptional ? "[" + word + "]" : word;
        }
        String shown = type instanceof ArgumentType.Text ? name + "..." : name;
        return isOptional ? "[" + shown + "]" : "<" + shown + ">";
    }
}
