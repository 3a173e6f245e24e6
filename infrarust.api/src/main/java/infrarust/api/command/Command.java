package infrarust.api.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a command does. Called on virtual threads, so blocking is welcome within the deadlines; a call that overruns is
 * interrupted, and the stage's future is cancelled. The commands of one source run one after the other, in the order in which
 * they were given; those of different sources at the same time. At most 16 of a player wait, further ones
 * are refused. Suggestions have a line of their own and may run beside a command.
 */
@FunctionalInterface
public interface Command {

    /**
     * Runs the command. Deadline 30 s, from this call to the completion of the stage. Only called with arguments that fit, where
     * the command declares some; reading them counts for the deadline.
     *
     * @return completes, on any thread, when the command has run; {@link infrarust.api.Plugin#done()} when it has already
     * @throws Exception as a failed stage: logged with the plugin's id, and the source is told that the command failed
     */
    CompletionStage<?> execute(CommandInvocation invocation) throws Exception;

    /**
     * What could stand in the place of the last argument. Deadline 5 s; when it is over, or the call fails, nothing is
     * suggested. Only asked when a blank follows the label, and when the source may use the command. Declared arguments are completed
     * without it; what it answers is added to that.
     *
     * @param unfinished what has been typed so far
     * @return completes, on any thread, with words that go out as they are, not filtered by what has been typed; at
     *     most 1,000, and those longer than 256 characters are left out
     * @throws Exception as a failed stage
     */
    default CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) throws Exception {
        return CompletableFuture.completedFuture(List.of());
    }
}
