package infrarust.proxy;

import infrarust.api.PluginDependency;
import infrarust.api.PluginInfo;
import infrarust.api.PluginMetadata;
import infrarust.api.PluginState;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.Operations;
import infrarust.proxy.event.ListenerReport;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;

/**
 * {@code plugins}, and {@code plugin} with an id or with {@code enable}, {@code disable}, {@code reload} and an id. Changes run on a
 * thread of their own and answer when they are made.
 */
final class PluginOperations implements Command {

    static final String WITH_DEPENDANTS = "--with-dependants";

    private static final CommandSpec LIST = CommandSpec.of("plugins")
            .withAliases("pl")
            .withDescription("shows the plugins and whether they run")
            .withPermission("infrarust.command.plugins");

    private static final CommandSpec ONE = CommandSpec.of("plugin")
            .withDescription("shows one plugin, or starts, stops or reloads it")
            .withUsage("<id> | enable <id> | disable <id> [" + WITH_DEPENDANTS + "] | reload <id> [" + WITH_DEPENDANTS
                    + "]")
            .withPermission("infrarust.command.plugin");

    private static final List<String> CHANGES = List.of("enable", "disable", "reload");

    private final Plugins plugins;
    private final Function<String, List<ListenerReport>> listeners;

    /** @param listeners what the listeners of a plugin have taken so far, by its id */
    PluginOperations(Plugins plugins, Function<String, List<ListenerReport>> listeners) {
        this.plugins = plugins;
        this.listeners = listeners;
    }

    /** Offers both to operators. */
    void addTo(Operations operations) {
        operations.addInGame(LIST, invocation -> {
            list(invocation.source());
            return CompletableFuture.completedStage(null);
        });
        operations.addInGame(ONE, this);
    }

    private void list(CommandSource source) {
        List<PluginInfo> all = plugins.list();
        say(source, NamedTextColor.GRAY, all.isEmpty() ? "There are no plugins." : all.size() + " found:");
        all.forEach(info -> line(source, info));
    }

    private static void line(CommandSource source, PluginInfo info) {
        source.sendMessage(Component.text(info.metadata().id(), color(info.state()))
                .append(Component.text(
                        " " + info.metadata().version() + " (" + info.kind() + ", " + info.origin() + "): "
                                + described(info.state()),
                        NamedTextColor.GRAY)));
    }

    private static TextColor color(PluginState state) {
        return switch (state) {
            case PluginState.Enabled() -> NamedTextColor.GREEN;
            case PluginState.Changing() -> NamedTextColor.YELLOW;
            case PluginState.Disabled(String reason) -> NamedTextColor.GRAY;
            case PluginState.Failed(String reason) -> NamedTextColor.RED;
        };
    }

    private static String described(PluginState state) {
        return switch (state) {
            case PluginState.Enabled() -> "enabled";
            case PluginState.Changing() -> "is being started or stopped";
            case PluginState.Disabled(String reason) -> "disabled: " + reason;
            case PluginState.Failed(String reason) -> "failed: " + reason;
        };
    }

    @Override
    public CompletionStage<?> execute(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        List<String> words = new ArrayList<>(invocation.arguments());
        boolean withDependants = words.remove(WITH_DEPENDANTS);
        if (words.size() == 1 && !CHANGES.contains(words.getFirst())) {
            show(source, words.getFirst());
            return CompletableFuture.completedStage(null);
        }
        if (words.size() != 2 || !CHANGES.contains(words.getFirst())) {
            say(source, NamedTextColor.RED, "Expected: plugin " + ONE.usage());
            return CompletableFuture.completedStage(null);
        }
        String id = words.get(1);
        return change(
                source,
                switch (words.getFirst()) {
                    case "enable" -> () -> List.of(plugins.enable(id));
                    case "disable" -> () -> plugins.disable(id, withDependants);
                    default -> () -> plugins.reload(id, withDependants);
                });
    }

    private static CompletionStage<?> change(CommandSource source, Callable<List<PluginInfo>> change) {
        var done = new CompletableFuture<Void>();
        // A platform thread: engines compile on it, and some need a native stack.
        Thread.ofPlatform().name("plugins").daemon().start(() -> {
            try {
                change.call().forEach(info -> line(source, info));
            } catch (PluginRefusedException refused) {
                say(source, NamedTextColor.RED, String.valueOf(refused.getMessage()));
            } catch (Throwable failure) { // the command's caller logs it
                done.completeExceptionally(failure);
            }
            done.complete(null);
        });
        return done;
    }

    private void show(CommandSource source, String id) {
        Optional<PluginInfo> found = plugins.list().stream()
                .filter(info -> info.metadata().id().equals(id))
                .findFirst();
        if (found.isEmpty()) {
            say(source, NamedTextColor.RED, "There is no plugin " + id + ". Expected: plugin " + ONE.usage());
            return;
        }
        PluginMetadata metadata = found.get().metadata();
        line(source, found.get());
        metadata.description().ifPresent(text -> say(source, NamedTextColor.GRAY, "  " + text));
        if (!metadata.authors().isEmpty()) {
            say(source, NamedTextColor.GRAY, "  by " + String.join(", ", metadata.authors()));
        }
        if (!metadata.dependencies().isEmpty()) {
            say(
                    source,
                    NamedTextColor.GRAY,
                    "  depends on "
                            + metadata.dependencies().stream()
                                    .map(PluginOperations::described)
                                    .collect(Collectors.joining(", ")));
        }
        listeners
                .apply(id)
                .forEach(report -> say(
                        source,
                        report.failed() + report.late() + report.slow() > 0
                                ? NamedTextColor.YELLOW
                                : NamedTextColor.GRAY,
                        "  " + described(report)));
    }

    /** {@code PreLoginEvent: 12 calls, 0.3 ms each, at most 4.1 ms; 1 failed}. */
    private static String described(ListenerReport report) {
        var text =
                new StringBuilder(report.event() + ": " + report.calls() + (report.calls() == 1 ? " call" : " calls"));
        if (report.calls() > 0) {
            text.append(", ")
                    .append(millis(report.total().toNanos() / report.calls()))
                    .append(" each, at most ")
                    .append(millis(report.slowest().toNanos()));
        }
        if (report.slow() > 0) {
            text.append("; ").append(report.slow()).append(" slow");
        }
        if (report.late() > 0) {
            text.append("; ").append(report.late()).append(" given up");
        }
        if (report.failed() > 0) {
            text.append("; ").append(report.failed()).append(" failed");
        }
        return text.toString();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private static String described(PluginDependency dependency) {
        return dependency.id() + (dependency.optional() ? " (optional)" : "");
    }

    @Override
    public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
        List<String> words = unfinished.arguments();
        Stream<String> ids = plugins.list().stream().map(info -> info.metadata().id());
        Stream<String> fitting = switch (words.size()) {
            case 1 -> Stream.concat(CHANGES.stream(), ids);
            case 2 -> CHANGES.contains(words.getFirst()) ? ids : Stream.<String>empty();
            default -> Stream.of(WITH_DEPENDANTS);
        };
        return CompletableFuture.completedStage(fitting.filter(word -> word.startsWith(words.getLast()))
                .map(Suggestion::of)
                .toList());
    }

    private static void say(CommandSource source, TextColor color, String text) {
        source.sendMessage(Component.text(text, color));
    }
}
