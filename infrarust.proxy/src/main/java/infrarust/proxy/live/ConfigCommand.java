package infrarust.proxy.live;

import infrarust.api.Plugin;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.Operations;
import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.NearestName;
import infrarust.proxy.config.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** {@code config} and {@code reload}: what operators do with the configuration of a proxy that runs. */
public final class ConfigCommand implements Command {

    private static final List<String> WORDS = List.of("check", "diff", "reload");

    private final Reloads reloads;

    private ConfigCommand(Reloads reloads) {
        this.reloads = reloads;
    }

    /** Adds both commands. */
    public static void addTo(Operations operations, Reloads reloads) {
        var command = new ConfigCommand(reloads);
        operations.add(
                CommandSpec.of("config")
                        .withDescription("checks the files of the configuration, shows what they change, or reads them")
                        .withUsage("check|diff|reload")
                        .withPermission("infrarust.command.config"),
                command);
        operations.addInGame(
                CommandSpec.of("reload")
                        .withDescription("reads the files of the configuration now")
                        .withPermission("infrarust.command.reload"),
                invocation -> {
                    command.reload(invocation.source());
                    return Plugin.done();
                });
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        List<String> arguments = invocation.arguments();
        String word = arguments.size() == 1 ? arguments.getFirst() : "";
        switch (word) {
            case "check" -> check(source);
            case "diff" -> diff(source);
            case "reload" -> reload(source);
            default ->
                source.sendMessage(red("Expected is config check, config diff or config reload"
                        + NearestName.of(word, WORDS)
                                .map(near -> "; did you mean config " + near + "?")
                                .orElse(".")));
        }
        return Plugin.done();
    }

    private void check(CommandSource source) {
        try {
            List<Problem> warnings = reloads.check();
            warnings.forEach(warning -> source.sendMessage(yellow("warning: " + warning)));
            source.sendMessage(green("The files of the configuration are good."));
        } catch (ConfigException e) {
            refuse(source, e.problems());
        }
    }

    private void diff(CommandSource source) {
        try {
            List<String> lines = reloads.diff().lines();
            lines.forEach(line -> source.sendMessage(Component.text(line)));
            if (lines.isEmpty()) {
                source.sendMessage(green("The files say what holds."));
            }
        } catch (ConfigException e) {
            refuse(source, e.problems());
        }
    }

    private void reload(CommandSource source) {
        switch (reloads.reload()) {
            case Reloaded.Changed(ConfigDiff diff) -> {
                source.sendMessage(green("Another configuration holds: " + diff.summary() + "."));
                restart(source, diff);
            }
            case Reloaded.Unchanged(ConfigDiff diff) -> {
                source.sendMessage(Component.text("The files say what holds; nothing has changed."));
                restart(source, diff);
            }
            case Reloaded.Failed(List<Problem> problems) -> refuse(source, problems);
        }
    }

    private static void restart(CommandSource source, ConfigDiff diff) {
        if (!diff.restart().isEmpty()) {
            source.sendMessage(
                    yellow("From the next start on, for it needs one: " + String.join(", ", diff.restart()) + "."));
        }
    }

    private static void refuse(CommandSource source, List<Problem> problems) {
        problems.forEach(problem -> source.sendMessage(red(problem.toString())));
        source.sendMessage(red("The files cannot be used; the last good configuration holds."));
    }

    @Override
    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
        List<String> arguments = unfinished.arguments();
        return CompletableFuture.completedFuture(
                arguments.size() == 1
                        ? WORDS.stream()
                                .filter(word -> word.startsWith(arguments.getFirst()))
                                .map(Suggestion::of)
                                .toList()
                        : List.of());
    }

    private static Component green(String text) {
        return Component.text(text, NamedTextColor.GREEN);
    }

    private static Component yellow(String text) {
        return Component.text(text, NamedTextColor.YELLOW);
    }

    private static Component red(String text) {
        return Component.text(text, NamedTextColor.RED);
    }
}
