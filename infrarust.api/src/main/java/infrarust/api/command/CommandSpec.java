package infrarust.api.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a command is called and to whom it is shown. Names are compared without regard to case.
 *
 * @param name what is typed; at least one character, none of them blank, a control character or a colon, and no slash at the
 *     start. Kept in lower case
 * @param aliases further names of the same form
 * @param description one line for help (nothing shows it yet)
 * @param usage what follows the name, for example {@code <player> [reason]}; may be empty (nothing shows it
 *     yet)
 * @param permission who may use it; empty for everyone. A source without it is told so, and does not see the command
 * @param hidden whether the command is left out of what the client completes
 */
public record CommandSpec(
        String name,
        List<String> aliases,
        String description,
        String usage,
        Optional<String> permission,
        boolean hidden) {

    /** @throws IllegalArgumentException if a name does not have the form */
    public CommandSpec {
        name = checked(name);
        aliases = aliases.stream().map(CommandSpec::checked).distinct().toList();
    }

    /** A command for everyone, with nothing but a name. */
    public static CommandSpec of(String name) {
        return new CommandSpec(name, List.of(), "", "", Optional.empty(), false);
    }

    /** The same with these aliases. */
    public CommandSpec withAliases(String... more) {
        return new CommandSpec(name, List.of(more), description, usage, permission, hidden);
    }

    /** The same with that description. */
    public CommandSpec withDescription(String text) {
        return new CommandSpec(name, aliases, text, usage, permission, hidden);
    }

    /** The same with that usage. */
    public CommandSpec withUsage(String text) {
        return new CommandSpec(name, aliases, description, text, permission, hidden);
    }

    /** The same, for those who have that permission. */
    public CommandSpec withPermission(String node) {
        return new CommandSpec(name, aliases, description, usage, Optional.of(node), hidden);
    }

    /** The same, not shown. */
    public CommandSpec asHidden() {
        return new CommandSpec(name, aliases, description, usage, permission, true);
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
