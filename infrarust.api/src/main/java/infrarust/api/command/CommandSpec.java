package infrarust.api.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a command is called and to whom it is shown. Names are compared without regard to case.
 *
 * <p>A command that declares its arguments is only run when they fit; otherwise its source is told what was expected. They are
 * completed by themselves, and clients since 1.13 show them. A command may declare several forms, the first of which that fits is
 * taken. Without any, the command gets what was typed and makes of it what it likes.
 *
 * @param name what is typed; at least one character, none of them blank, a control character or a colon, and no slash at the
 *     start. Kept in lower case
 * @param aliases further names of the same form
 * @param description one line for help
 * @param usage what follows the name, for example {@code <player> [reason]}; may be empty. Help shows it where no arguments are
 *     declared
 * @param permission who may use it; empty for everyone. A source without it is told so, and does not see the command
 * @param hidden whether the command is left out of help and of what the client completes
 * @param forms lists of arguments; none when the command reads its line itself
 */
public record CommandSpec(
        String name,
        List<String> aliases,
        String description,
        String usage,
        Optional<String> permission,
        boolean hidden,
        List<List<Argument<?>>> forms) {

    /**
     * @throws IllegalArgumentException if a name does not have the form, or a form has two arguments of one name, a text that is not
     *     its last argument, or an optional argument before another one
     */
    public CommandSpec {
        name = checked(name);
        aliases = aliases.stream().map(CommandSpec::checked).distinct().toList();
        forms = forms.stream().<List<Argument<?>>>map(List::copyOf).toList();
        forms.forEach(CommandSpec::check);
    }

    /** Without declared arguments. */
    public CommandSpec(
            String name,
            List<String> aliases,
            String description,
            String usage,
            Optional<String> permission,
            boolean hidden) {
        this(name, aliases, description, usage, permission, hidden, List.of());
    }

    /** A command for everyone, with nothing but a name. */
    public static CommandSpec of(String name) {
        return new CommandSpec(name, List.of(), "", "", Optional.empty(), false);
    }

    /** The same with these aliases. */
    public CommandSpec withAliases(String... more) {
        return new CommandSpec(name, List.of(more), description, usage, permission, hidden, forms);
    }

    /** The same with that description. */
    public CommandSpec withDescription(String text) {
        return new CommandSpec(name, aliases, text, usage, permission, hidden, forms);
    }

    /** The same with that usage. */
    public CommandSpec withUsage(String text) {
        return new CommandSpec(name, aliases, description, text, permission, hidden, forms);
    }

    /** The same, for those who have that permission. */
    public CommandSpec withPermission(String node) {
        return new CommandSpec(name, aliases, description, usage, Optional.of(node), hidden, forms);
    }

    /** The same, not shown. */
    public CommandSpec asHidden() {
        return new CommandSpec(name, aliases, description, usage, permission, true, forms);
    }

    /** The same with one more form: these arguments in this order, none for the bare name. */
    public CommandSpec withArguments(Argument<?>... arguments) {
        List<List<Argument<?>>> more = new ArrayList<>(forms);
        more.add(List.of(arguments));
        return new CommandSpec(name, aliases, description, usage, permission, hidden, more);
    }

    /** What may follow the name, a line for each form; empty texts for the bare name. */
    public List<String> usages() {
        return forms.isEmpty()
                ? List.of(usage)
                : forms.stream()
                        .map(form -> form.stream().map(Argument::usage).collect(Collectors.joining(" ")))
                        .toList();
    }

    private static void check(List<Argument<?>> form) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < form.size(); i++) {
            Argument<?> argument = form.get(i);
            boolean last = i == form.size() - 1;
            if (!names.add(argument.name())) {
                throw new IllegalArgumentException("two arguments are called \"" + argument.name() + "\"");
            }
            if (argument.type() instanceof ArgumentType.Text && !last) {
                throw new IllegalArgumentException(
                        "the text \"" + argument.name() + "\" takes the rest of the line, so nothing can follow it");
            }
            if (argument.isOptional() && !last && !form.get(i + 1).isOptional()) {
                throw new IllegalArgumentException("the argument \"" + argument.name()
                        + "\" is optional, so what follows it has to be optional too");
            }
        }
    }

    private static String checked(String name) {
        boolean wrong = name.isEmpty()
                || name.startsWith("/")
                || name.chars().anyMatch(c -> c == ':' || Character.isWhitespace(c) || Character.isISOControl(c));
        if (wrong) {
            throw new IllegalArgumentException("\"" + name
                    + "\" cannot be a command's name: it needs a character, and may have no blank, control character or"
                    + " colon, and no slash at its start");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
