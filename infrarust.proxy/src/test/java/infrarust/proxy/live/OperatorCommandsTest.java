package infrarust.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.service.OnlinePlayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config}, {@code reload} and {@code server}, as they are typed. */
class OperatorCommandsTest {

    @TempDir
    Path folder;

    private final Operations operations = new Operations();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void a_proxy_with_a_lobby() throws IOException {
        Files.createDirectory(folder.resolve("servers"));
        lobby("domains = [\"a\"]\naddresses = [\"10.0.0.5\", \"10.0.0.6\"]\nbalance = \"round_robin\"\n");
        var loader = new ConfigLoader(folder);
        ConfigLoader.Loaded loaded = loader.load(ConfigLoader.Request.defaults());
        var live = new LiveConfiguration(loaded.snapshot());
        var events = new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT);
        var reloads = new Reloads(loader, loaded, events, live);
        var pools = new Pools(loaded.snapshot(), System::nanoTime, change -> {});
        reloads.follow(loaded.snapshot(), List.of((next, diff) -> () -> pools.configure(next)));
        ConfigCommand.addTo(operations, reloads);
        ServerCommand.addTo(operations, new LiveServers(live, pools, new OnlinePlayers()), pools, reloads);
    }

    private void lobby(String text) throws IOException {
        Files.writeString(folder.resolve("servers/lobby.toml"), text);
    }

    private final CommandSource console = new CommandSource() {

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
            said.add(PlainTextComponentSerializer.plainText().serialize(message));
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }
    };

    private List<String> type(String line) throws Exception {
        said.clear();
        TypedCommand typed = TypedCommand.of(line);
        operations
                .find(typed.key())
                .orElseThrow()
                .command()
                .execute(new CommandInvocation(console, typed.label(), typed.raw(), typed.arguments()));
        return List.copyOf(said);
    }

    private List<String> complete(String line) throws Exception {
        TypedCommand typed = TypedCommand.of(line);
        return operations
                .find(typed.key())
                .orElseThrow()
                .command()
                .suggest(new CommandInvocation(console, typed.label(), typed.raw(), typed.unfinishedArguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .stream()
                .map(Suggestion::text)
                .toList();
    }

    @Nested
    class Config {

        @Test
        void shows_what_a_reload_would_change_and_then_changes_it() throws Exception {
            assertThat(type("config diff")).containsExactly("The files say what holds.");
            lobby("domains = [\"a\"]\naddresses = [\"10.0.0.5\"]\nbalance = \"round_robin\"\n");
            assertThat(type("config diff"))
                    .containsExactly("~ server lobby, addresses: [10.0.0.5:25565, 10.0.0.6:25565] -> [10.0.0.5:25565]");
            assertThat(type("config reload"))
                    .containsExactly("Another configuration holds: updated lobby (addresses).");
            assertThat(type("reload")).containsExactly("The files say what holds; nothing has changed.");
        }

        @Test
        void shows_what_is_wrong() throws Exception {
            assertThat(type("config check")).containsExactly("The files of the configuration are good.");
            lobby("domains = [");
            for (String command : List.of("config check", "config diff", "reload")) {
                assertThat(type(command)).hasSize(2).first().asString().startsWith("servers/lobby.toml:1");
            }
        }

        @Test
        void says_what_was_expected() throws Exception {
            assertThat(type("config relaod"))
                    .containsExactly(
                            "Expected is config check, config diff or config reload; did you mean config" + " reload?");
            assertThat(type("config")).containsExactly("Expected is config check, config diff or config reload.");
            assertThat(complete("config re")).containsExactly("reload");
        }
    }

    @Nested
    class Server {

        @Test
        void shows_one() throws Exception {
            assertThat(type("server lobby"))
                    .contains("lobby: passthrough, takes players", "  domains  a", "  balance  round_robin")
                    .anyMatch(line -> line.startsWith("  10.0.0.6:25565  healthy"));
            assertThat(type("server loby")).containsExactly("There is no server \"loby\"; did you mean lobby?");
        }

        @Test
        void drains_an_address_and_takes_it_back() throws Exception {
            assertThat(type("server drain 10.0.0.5"))
                    .singleElement()
                    .asString()
                    .startsWith("lobby: 10.0.0.5:25565  draining")
                    .endsWith("drained by operator");
            assertThat(type("server lobby 10.0.0.5")).first().asString().startsWith("Expected is server <id>");
            type("server drain lobby 10.0.0.6");
            assertThat(type("server lobby")).contains("lobby: passthrough, drains");
            assertThat(type("server undrain 10.0.0.5"))
                    .singleElement()
                    .asString()
                    .startsWith("lobby: 10.0.0.5:25565  healthy");
        }

        @Test
        void names_the_addresses_that_there_are() throws Exception {
            assertThat(type("server reset 10.0.0.7"))
                    .containsExactly(
                            "No server has the address 10.0.0.7:25565; there are 10.0.0.5:25565," + " 10.0.0.6:25565.");
            assertThat(type("server drain games 10.0.0.5"))
                    .containsExactly("There is no server \"games\"; there are lobby.");
            assertThat(type("server drain 10.0.0.5:99999")).first().asString().contains("is no address");
        }

        @Test
        void is_completed() throws Exception {
            assertThat(complete("server ")).containsExactly("drain", "undrain", "reset", "lobby");
            assertThat(complete("server drain 10.0.0.5")).containsExactly("10.0.0.5:25565");
            assertThat(complete("server drain lobby ")).containsExactly("10.0.0.5:25565", "10.0.0.6:25565");
        }
    }
}
