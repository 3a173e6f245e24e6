package infrarust.api.command;

import java.util.List;

/**
 * One use of a command: what was typed, and by whom.
 *
 * @param source who gives it
 * @param label the name or alias that was typed, as it was typed and without a slash
 * @param raw everything behind the label and the blank that follows it, as it was typed; empty if there is nothing
 * @param arguments the words of {@code raw}. When a command is to be completed, the last one is the word under the cursor, and
 *     empty behind a blank; so there is at least one
 */
public record CommandInvocation(CommandSource source, String label, String raw, List<String> arguments) {

    public CommandInvocation {
        arguments = List.copyOf(arguments);
    }
}
