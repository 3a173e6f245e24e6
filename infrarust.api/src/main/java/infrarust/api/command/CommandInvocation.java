package infrarust.api.command;

import java.util.List;
import java.util.Optional;

/**
 * One use of a command: what was typed, and by whom.
 *
 * @param source who gives it
 * @param label the name or alias that was typed, as it was typed and without a slash
 * @param raw everything behind the label and the blank that follows it, as it was typed; empty if there is nothing
 * @param arguments the words of {@code raw}. When a command is to be completed, the last one is the word under the cursor, and
 *     empty behind a blank; so there is at least one
 * @param values what stood in the places of the arguments that the command declares; none while it is completed
 */
public record CommandInvocation(
        CommandSource source, String label, String raw, List<String> arguments, Arguments values) {

    public CommandInvocation {
        arguments = List.copyOf(arguments);
    }

    /** Of a command that declares no arguments. */
    public CommandInvocation(CommandSource source, String label, String raw, List<String> arguments) {
        this(source, label, raw, arguments, Arguments.none());
    }

    /** As {@link Arguments#get}. */
    public <T> T get(Argument<T> argument) {
        return values.get(argument);
    }

    /** As {@link Arguments#find}. */
    public <T> Optional<T> find(Argument<T> argument) {
        return values.find(argument);
    }

    /** As {@link Arguments#has}. */
    public boolean has(Argument<?> argument) {
        return values.has(argument);
    }
}
