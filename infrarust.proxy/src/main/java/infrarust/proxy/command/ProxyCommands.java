package infrarust.proxy.command;

import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.Commands;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.service.Permissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of the proxy and of its plugins: who answers to which name, and how one is run. Nothing here blocks: commands run
 * on virtual threads, each source's one after the other. Any thread.
 */
public final class ProxyCommands {

    /** How long a command may take. */
    static final Duration RUN_TIME = Duration.ofSeconds(30);

    /** How long a command may take to suggest what could follow. */
    static final Duration SUGGEST_TIME = Duration.ofSeconds(5);

    /** What a source without the permission is told. */
    static final Component NOT_PERMITTED =
            Component.text("You don't have permission to use this command.", NamedTextColor.RED);

    /** What a source is told that gives more commands than can wait. */
    public static final Component TOO_FAST = Component.text(
            "You are sending commands faster than they can run. Wait for the last one to finish.", NamedTextColor.RED);

    private static final Component FAILED =
            Component.text("This command has failed. The proxy's log says why.", NamedTextColor.RED);
    private static final Component TOO_SLOW =
            Component.text("This command takes too long and was given up.", NamedTextColor.RED);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyCommands.class);

    private final CommandRegistry registry = new CommandRegistry();
    private final Deadlines deadlines;
    private final Permissions permissions;

    /**
     * @param deadlines the clock that commands are given
     * @param permissions who may use what
     */
    public ProxyCommands(Deadlines deadlines, Permissions permissions) {
        this.deadlines = deadlines;
        this.permissions = permissions;
    }

    /** Where the plugin with that id registers. */
    public Commands of(String owner) {
        return registry.of(owner);
    }

    /** A player as the source of commands. */
    public CommandSource sourceOf(Player player) {
        return new PlayerSource(player, permissions);
    }

    /** Whether a command of the proxy answers to that label; looked up without a lock. */
    public boolean has(TypedCommand typed) {
        return registry.find(typed.key()).isPresent();
    }

    /**
     * Runs a command, behind those that the source has given before. The source is told what goes wrong.
     *
     * @return whether there is a command of that name
     */
    public boolean run(CommandSource source, TypedCommand typed, CommandLane lane) {
        Optional<RegisteredCommand> found = registry.find(typed.key());
        found.ifPresent(command -> {
            if (!isPermitted(source, command)) {
                source.sendMessage(NOT_PERMITTED);
            } else if (!lane.offer(() -> run(source, typed, command))) {
                source.sendMessage(TOO_FAST);
            }
        });
        return found.isPresent();
    }

    private CompletionStage<?> run(CommandSource source, TypedCommand typed, RegisteredCommand command) {
        var invocation = new CommandInvocation(source, typed.label(), typed.raw(), typed.arguments());
        return BoundedCall.<Object>start(
                        deadlines,
                        RUN_TIME,
                        "command-" + command.spec().name(),
                        () -> command.command().execute(invocation))
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

    /**
     * What could stand at the end of the line, behind what the source has asked before. Whatever goes wrong, nothing is
     * suggested.
     *
     * @return completes on any thread, never exceptionally
     */
    public CompletionStage<List<Suggestion>> suggest(CommandSource source, TypedCommand typed, CommandLane lane) {
        Optional<RegisteredCommand> found =
                registry.find(typed.key()).filter(command -> typed.hasBlank() && isPermitted(source, command));
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        RegisteredCommand command = found.get();
        var invocation = new CommandInvocation(source, typed.label(), typed.raw(), typed.unfinishedArguments());
        var answer = new CompletableFuture<List<Suggestion>>();
        boolean room = lane.offer(() -> BoundedCall.<List<Suggestion>>start(
                        deadlines,
                        SUGGEST_TIME,
                        "suggest-" + command.spec().name(),
                        () -> command.command().suggest(invocation))
                .handle((words, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "plugin '{}': its command '{}' could not suggest: {}",
                                command.owner(),
                                command.spec().name(),
                                failure.toString());
                    }
                    return answer.complete(failure == null && words != null ? words : List.of());
                }));
        if (!room) {
            answer.complete(List.of());
        }
        return answer;
    }

    /** The names that a source is shown: those of commands that are not hidden and that it may use, without a plugin's id. */
    public List<String> visibleTo(CommandSource source) {
        List<String> labels = new ArrayList<>();
        registry.byLabel().forEach((label, command) -> {
            if (label.indexOf(':') < 0 && !command.spec().hidden() && isPermitted(source, command)) {
                labels.add(label);
            }
        });
        return labels;
    }

    private static boolean isPermitted(CommandSource source, RegisteredCommand command) {
        return command.spec().permission().map(source::hasPermission).orElse(true);
    }

    private record PlayerSource(Player one, Permissions permissions) implements CommandSource {

        @Override
        public Optional<Player> player() {
            return Optional.of(one);
        }

        @Override
        public String name() {
            return one.profile().username();
        }

        @Override
        public void sendMessage(Component message) {
            // A player who has left or cannot take it needs no answer any more.
            var _ = one.sendMessage(message);
        }

        @Override
        public boolean hasPermission(String node) {
            return permissions.has(this, node);
        }
    }
}
