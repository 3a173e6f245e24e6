package infrarust.proxy.command;

import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Commands;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.service.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/**
 * The commands of the proxy and of its plugins: who answers to which name, and how one is run. Nothing here blocks: commands run
 * on virtual threads, each source's one after the other. Any thread.
 */
public final class ProxyCommands {

    /** What a source without the permission is told. */
    static final Component NOT_PERMITTED =
            Component.text("You don't have permission to use this command.", NamedTextColor.RED);

    /** What a source is told that gives more commands than can wait. */
    public static final Component TOO_FAST = Component.text(
            "You are sending commands faster than they can run. Wait for the last one to finish.", NamedTextColor.RED);

    private final CommandRegistry registry = new CommandRegistry();
    private final CommandCalls calls;
    private final Permissions permissions;

    /**
     * @param deadlines the clock that commands are given
     * @param permissions who may use what
     * @param known whom and what arguments can name
     */
    public ProxyCommands(Deadlines deadlines, Permissions permissions, KnownNames known) {
        this.calls = new CommandCalls(deadlines, known);
        this.permissions = permissions;
    }

    /** Where nobody is online and no server is configured. */
    public ProxyCommands(Deadlines deadlines, Permissions permissions) {
        this(deadlines, permissions, new KnownNames(new OnlinePlayers(), List::of));
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
            } else if (!lane.offer(() -> calls.run(command, source, typed, calledAs(source, typed)))) {
                source.sendMessage(TOO_FAST);
            }
        });
        return found.isPresent();
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
        var answer = new CompletableFuture<List<Suggestion>>();
        boolean room =
                lane.offer(() -> calls.suggest(found.get(), source, typed).thenAccept(answer::complete));
        if (!room) {
            answer.complete(List.of());
        }
        return answer;
    }

    /** The names that a source is shown: those of commands that are not hidden and that it may use, without a plugin's id. */
    public List<String> visibleTo(CommandSource source) {
        return shownTo(source).stream().map(ShownCommand::label).toList();
    }

    /** As {@link #visibleTo}, with what may follow each name. */
    public List<ShownCommand> shownTo(CommandSource source) {
        List<ShownCommand> shown = new ArrayList<>();
        registry.byLabel().forEach((label, command) -> {
            if (label.indexOf(':') < 0 && !command.spec().hidden() && isPermitted(source, command)) {
                shown.add(new ShownCommand(
                        label,
                        command.command() instanceof Subcommands parent
                                ? parent.formsFor(source)
                                : command.spec().forms()));
            }
        });
        return shown;
    }

    /** The commands of plugins that a source is shown, each once. */
    List<CommandSpec> specsFor(CommandSource source) {
        return registry.byLabel().values().stream()
                .distinct()
                .filter(command -> !command.owner().equals(InfrarustCommand.OWNER))
                .filter(command -> !command.spec().hidden() && isPermitted(source, command))
                .map(RegisteredCommand::spec)
                .toList();
    }

    /** The command that answers to that label, if the source may use it. */
    Optional<RegisteredCommand> find(CommandSource source, TypedCommand typed) {
        return registry.find(typed.key()).filter(command -> isPermitted(source, command));
    }

    /** How commands are called. */
    CommandCalls calls() {
        return calls;
    }

    private static String calledAs(CommandSource source, TypedCommand typed) {
        return source.player().isPresent() ? "/" + typed.label() : typed.label();
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
