package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.Suggestion;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.player.Player;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginCandidate;
import infrarust.proxy.plugin.PluginLoader;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PluginOperationsTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT);
    private final Plugins plugins = Plugins.start(List.of(new Fixed()), GivenServices.of(events, clock));
    private final Operations operations = new Operations();
    private final Console console = new Console(new ArrayList<>());

    PluginOperationsTest() {
        new PluginOperations(plugins, events::reports).addTo(operations);
    }

    private record Console(List<String> lines) implements CommandSource {

        @Override
        public Optional<Player> player() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return "console";
        }

        @Override
        public void sendMessage(Component message) {
            lines.add(PlainTextComponentSerializer.plainText().serialize(message));
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }
    }

    /** A plugin, and another one that requires it. */
    private static final class Fixed implements PluginLoader {

        @Override
        public String kind() {
            return "jar";
        }

        @Override
        public Discovery look(Predicate<String> wanted) {
            return new Discovery(
                    Stream.<PluginCandidate>of(new Quiet("base"), new Quiet("user", "base"))
                            .filter(one -> wanted.test(one.origin()))
                            .toList(),
                    List.of());
        }
    }

    private record Quiet(PluginMetadata metadata, String origin) implements PluginCandidate, Plugin {

        Quiet(String id, String... requires) {
            this(
                    new PluginMetadata(
                            id,
                            id,
                            "1.2",
                            List.of("Ada"),
                            Optional.of("does nothing"),
                            Stream.of(requires).map(PluginDependency::required).toList()),
                    id + ".jar");
        }

        @Override
        public boolean isOnByDefault() {
            return true;
        }

        @Override
        public Plugin load(PluginScope scope) {
            return this;
        }

        @Override
        public CompletionStage<?> onEnable(PluginContext context) {
            return Plugin.done();
        }
    }

    private CommandInvocation invocation(TypedCommand typed, List<String> arguments) {
        return new CommandInvocation(console, typed.label(), typed.raw(), arguments);
    }

    private Command command(TypedCommand typed) {
        return operations.find(typed.label()).orElseThrow().command();
    }

    private List<String> run(String line) throws Exception {
        console.lines().clear();
        var typed = TypedCommand.of(line);
        command(typed)
                .execute(invocation(typed, typed.arguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return List.copyOf(console.lines());
    }

    private List<String> complete(String line) throws Exception {
        var typed = TypedCommand.of(line);
        return command(typed)
                .suggest(invocation(typed, typed.unfinishedArguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .stream()
                .map(Suggestion::text)
                .toList();
    }

    @Test
    void shows_what_the_listeners_of_one_have_taken() throws Exception {
        var heard = new CountDownLatch(1);
        events.busOf("base").subscribe(ProxyInitializeEvent.class, event -> heard.countDown());
        events.fire(new ProxyInitializeEvent()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(heard.getCount()).isZero();
        assertThat(run("plugin base")).anyMatch(line -> line.startsWith("  ProxyInitializeEvent: 1 call, "));
    }

    @Test
    void lists_all() throws Exception {
        assertThat(run("plugins"))
                .containsExactly("2 found:", "base 1.2 (jar, base.jar): enabled", "user 1.2 (jar, user.jar): enabled");
    }

    @Test
    void shows_one() throws Exception {
        assertThat(run("plugin user"))
                .containsExactly(
                        "user 1.2 (jar, user.jar): enabled", "  does nothing", "  by Ada", "  depends on base");
    }

    @Test
    void reloads_stops_and_starts() throws Exception {
        assertThat(run("plugin reload user")).containsExactly("user 1.2 (jar, user.jar): enabled");
        assertThat(run("plugin disable base"))
                .containsExactly("plugin 'base' is used by user; add --with-dependants to include it");
        assertThat(run("plugin disable base --with-dependants"))
                .containsExactly(
                        "base 1.2 (jar, base.jar): disabled: by an operator",
                        "user 1.2 (jar, user.jar): failed: plugin 'user' requires 'base', which is not enabled");
        assertThat(run("plugin enable base")).containsExactly("base 1.2 (jar, base.jar): enabled");
        assertThat(run("plugin enable user")).containsExactly("user 1.2 (jar, user.jar): enabled");
    }

    @Test
    void says_what_was_expected() throws Exception {
        String expected = "Expected: plugin <id> | enable <id> | disable <id> [--with-dependants] | reload <id>"
                + " [--with-dependants]";
        assertThat(run("plugin")).containsExactly(expected);
        assertThat(run("plugin reload")).containsExactly(expected);
        assertThat(run("plugin restart base")).containsExactly(expected);
        assertThat(run("plugin tow")).containsExactly("There is no plugin tow. " + expected);
        assertThat(run("plugin reload tow")).containsExactly("there is no plugin 'tow'; there are base, user");
    }

    @Test
    void completes() throws Exception {
        assertThat(complete("plugin ")).containsExactly("enable", "disable", "reload", "base", "user");
        assertThat(complete("plugin reload u")).containsExactly("user");
        assertThat(complete("plugin base ")).isEmpty();
        assertThat(complete("plugin reload user ")).containsExactly("--with-dependants");
    }
}
