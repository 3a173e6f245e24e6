package infrarust.proxy.command;

import infrarust.api.command.Arguments;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.ArgumentReader.Reading;
import infrarust.proxy.event.Deadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one command is called: its arguments are read, it runs on a virtual thread with a deadline, and the source is told what goes
 * wrong. Any thread; nothing here waits.
 */
final class CommandCalls {

    /** How long a command may take. */
    static final Duration RUN_TIME = Duration.ofSeconds(30);

    /** How long a command may take to suggest what could follow. */
    static final Duration SUGGEST_TIME = Duration.ofSeconds(5);

    private static final Component FAILED =
            Component.text("This command has failed. The proxy's log says why.", NamedTextColor.RED);
    private static final Component TOO_SLOW =
            Component.text("This command takes too long and was given up.", NamedTextColor.RED);

    /** Forms of a command that are shown to who got its arguments wrong. */
    private static final int MOST_USAGES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(CommandCalls.class);

    private final Deadlines deadlines;
    private final ArgumentReader reader;

    CommandCalls(Deadlines deadlines, KnownNames known) {
        this.deadlines = deadlines;
        this.reader = new ArgumentReader(known);
    }

    /**
     * Runs a command, whoever may use it.
     *
     * @param calledAs what was typed to call it, for the message that explains its usage
     * @return completes when it has run or failed, never exceptionally
     */
    CompletionStage<?> run(RegisteredCommand command, CommandSource source, TypedCommand typed, String calledAs) {
        return BoundedCall.<Object>start(
                        deadlines,
                        RUN_TIME,
                        "command-" + command.spec().name(),
                        () -> execute(command, source, typed, calledAs))
                .exceptionally(failure -> {
                    boolean late = failure instanceof TimeoutException;
                    LOG.error(
                            "plugin '{}': its command '{}', given by {}, {}",
                            command.owner(),
                            command.spec().name(),
                            source.name(),
                            late ? failure.getMessage() : "has failed",
                            late ? null : failure);
                    source.sendMessage(late ? TOO_SLOW : FAILED);
                    return "";
                });
    }

    private CompletionStage<?> execute(
            RegisteredCommand command, CommandSource source, TypedCommand typed, String calledAs) throws Exception {
        Arguments values = Arguments.none();
        if (!command.spec().forms().isEmpty()) {
            switch (reader.read(command.spec().forms(), typed.raw())) {
                case Reading.Fits(Arguments read) -> values = read;
                case Reading.Wrong(String expected) -> {
                    source.sendMessage(usage(command, expected, calledAs));
                    return CompletableFuture.completedFuture("");
                }
            }
        }
        return command.command()
                .execute(new CommandInvocation(source, typed.label(), typed.raw(), typed.arguments(), values));
    }

    private static Component usage(RegisteredCommand command, String expected, String calledAs) {
        Component text = Replies.wrong(expected);
        for (String usage : command.spec().usages().stream().limit(MOST_USAGES).toList()) {
            text = text.append(Component.text("\nUsage: ", NamedTextColor.GRAY))
                    .append(Replies.typed((calledAs + " " + usage).stripTrailing()));
        }
        return text;
    }

    /**
     * What could stand at the end of the line: what the declared arguments say, and what the command itself says. Whatever goes
     * wrong, nothing is suggested.
     *
     * @return completes on any thread, never exceptionally
     */
    CompletionStage<List<Suggestion>> suggest(RegisteredCommand command, CommandSource source, TypedCommand typed) {
        var invocation = new CommandInvocation(source, typed.label(), typed.raw(), typed.unfinishedArguments());
        return BoundedCall.<List<Suggestion>>start(
                        deadlines, SUGGEST_TIME, "suggest-" + command.spec().name(), () -> {
                            List<Suggestion> declared =
                                    reader.suggest(command.spec().forms(), source, typed.raw()).stream()
                                            .map(Suggestion::of)
                                            .toList();
                            return command.command().suggest(invocation).thenApply(own -> joined(declared, own));
                        })
                .handle((words, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "plugin '{}': its command '{}' could not suggest: {}",
                                command.owner(),
                                command.spec().name(),
                                (failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                                ? wrapped.getCause()
                                                : failure)
                                        .toString());
                    }
                    return failure == null ? words : List.<Suggestion>of();
                });
    }

    /** A plugin is foreign code, and may answer with nothing at all. */
    private static List<Suggestion> joined(List<Suggestion> declared, @Nullable List<Suggestion> own) {
        if (own == null || own.isEmpty()) {
            return declared;
        }
        List<Suggestion> all = new ArrayList<>(declared);
        all.addAll(own);
        return all;
    }
}
