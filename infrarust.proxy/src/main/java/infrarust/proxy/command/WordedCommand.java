package infrarust.proxy.command;

import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A command of the proxy whose arguments are completed from words that it knows: those that begin with what has been typed.
 *
 * @param action what it does
 * @param words what it knows
 */
public record WordedCommand(Command action, Words words) implements Command {

    private static final int MOST = 1_000;

    /** What could stand somewhere in a command. */
    @FunctionalInterface
    public interface Words {

        /** All that could stand in the place of the last argument, whatever has been typed of it. */
        Stream<String> at(List<String> arguments);
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) throws Exception {
        return action.execute(invocation);
    }

    @Override
    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
        String typed = unfinished.arguments().getLast().toLowerCase(Locale.ROOT);
        return CompletableFuture.completedFuture(words.at(unfinished.arguments())
                .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(typed))
                .distinct()
                .limit(MOST)
                .map(Suggestion::of)
                .toList());
    }
}
