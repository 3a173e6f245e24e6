package infrarust.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ConfigReloadEvent;
import infrarust.api.event.EventPriority;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.ServerDocument;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.gate.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadsTest {

    @TempDir
    Path folder;

    private final EventDispatcher events = new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT);
    private final LogLines log = LogLines.of("infrarust.proxy.live");
    private LiveConfiguration live;
    private Reloads reloads;

    @BeforeEach
    void begins_with_a_lobby() throws IOException {
        Files.createDirectory(folder.resolve("servers"));
        Files.writeString(folder.resolve("infrarust.toml"), "bind = \"127.0.0.1:1\"\n");
        server("lobby", "127.0.0.1");
        begin();
    }

    private void begin() {
        var loader = new ConfigLoader(folder);
        ConfigLoader.Loaded loaded = loader.load(ConfigLoader.Request.defaults());
        live = new LiveConfiguration(loaded.snapshot());
        reloads = new Reloads(loader, loaded, events, live);
    }

    @AfterEach
    void end() {
        log.close();
    }

    private void server(String id, String address) throws IOException {
        file("servers/" + id + ".toml", server(id + ".example.org", "addresses", address));
    }

    private static String server(String domain, String key, String address) {
        return "domains = [\"" + domain + "\"]\n" + key + " = [\"" + address + "\"]\n";
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Optional<String> route(String host) {
        return live.find(host).server().map(ServerConfig::id);
    }

    private List<String> problems() {
        return reloads.reload() instanceof Reloaded.Failed(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    @Nested
    class Files_that_have_changed {

        @Test
        void lead_new_connections_elsewhere_and_old_ones_nowhere_else() throws IOException {
            Route old = live.find("lobby.example.org");
            server("games", "127.0.0.1:2");
            server("lobby", "127.0.0.1:3");
            assertThat(reloads.reload()).isInstanceOf(Reloaded.Changed.class);
            assertThat(route("games.example.org")).hasValue("games");
            assertThat(live.find("lobby.example.org").server().orElseThrow().addresses())
                    .extracting(Object::toString)
                    .containsExactly("127.0.0.1:3");
            assertThat(old.server().orElseThrow().addresses())
                    .extracting(Object::toString)
                    .containsExactly("127.0.0.1:25565");
            assertThat(old.snapshot().server("games")).isEmpty();
        }

        @Test
        void are_said_in_one_line_with_the_keys() throws IOException {
            server("games", "127.0.0.1:2");
            server("lobby", "127.0.0.1:3");
            file("infrarust.toml", "bind = \"127.0.0.1:1\"\n[rate_limit]\nenabled = true\n");
            reloads.reload();
            assertThat(log.lines())
                    .containsExactly("INFO Configuration changed: added games; updated lobby (addresses); changed"
                            + " rate_limit.enabled");
            assertThat(reloads.state().changes()).isEqualTo(1);
        }

        @Test
        void are_told_to_plugins() throws Exception {
            var told = new CompletableFuture<ConfigReloadEvent>();
            events.busOf("test").subscribe(ConfigReloadEvent.class, EventPriority.NORMAL, told::complete);
            server("games", "127.0.0.1:2");
            Files.delete(folder.resolve("servers/lobby.toml"));
            reloads.reload();
            assertThat(told.get(10, TimeUnit.SECONDS))
                    .isEqualTo(new ConfigReloadEvent("file@servers", List.of("games"), List.of("lobby"), List.of()));
        }

        @Test
        void are_nothing_when_they_say_the_same() throws IOException {
            ProxySnapshot before = live.snapshot();
            file("servers/lobby.toml", "# a comment\n" + server("lobby.example.org", "addresses", "127.0.0.1"));
            assertThat(reloads.reload()).isInstanceOf(Reloaded.Unchanged.class);
            assertThat(live.snapshot()).isSameAs(before);
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void name_what_needs_a_restart_once() throws IOException {
            file("infrarust.toml", "bind = \"127.0.0.1:2\"\nworker_threads = 3\n");
            reloads.reload();
            reloads.reload();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN `bind` has changed, and holds from the next start on",
                            "WARN `worker_threads` has changed, and holds from the next start on");
            assertThat(live.snapshot().config().bind().port()).isEqualTo(1);
            assertThat(reloads.state().restart()).containsExactly("bind", "worker_threads");
        }

        @Test
        void make_the_lobby_of_the_first_look_give_way() throws IOException {
            Files.delete(folder.resolve("servers/lobby.toml"));
            Files.delete(folder.resolve("servers"));
            Files.delete(folder.resolve("infrarust.toml"));
            begin();
            assertThat(route("anything")).hasValue(ServerConfig.LIMBO_ID);
            Files.createDirectory(folder.resolve("servers"));
            server("lobby", "127.0.0.1");
            reloads.reload();
            assertThat(route("anything")).isEmpty();
            assertThat(route("lobby.example.org")).hasValue("lobby");
        }
    }

    @Nested
    class Files_that_cannot_be_used {

        @Test
        void leave_everything_as_it_was_and_are_said_once() throws IOException {
            server("games", "127.0.0.1:2");
            file("servers/lobby.toml", server("lobby.example.org", "adresses", "127.0.0.1:3"));
            assertThat(problems())
                    .containsExactlyInAnyOrder(
                            "servers/lobby.toml:2: unknown key `adresses`; did you mean `addresses`?",
                            "servers/lobby.toml: `addresses` is missing or empty; a server needs at least one, like"
                                    + " [\"10.0.0.5:25565\"]");
            problems();
            assertThat(route("games.example.org")).isEmpty();
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().getLast())
                    .isEqualTo("ERROR The changed configuration cannot be used (2 problems); the last good one stays");
        }

        @Test
        void count_when_they_are_mended() throws IOException {
            file("servers/games.toml", "domains = [");
            assertThat(problems()).hasSize(1);
            server("games", "127.0.0.1:2");
            assertThat(reloads.reload()).isInstanceOf(Reloaded.Changed.class);
            assertThat(reloads.state().problems()).isEmpty();
        }

        @Test
        void are_forgotten_when_they_are_taken_back() throws IOException {
            file("servers/games.toml", "domains = [");
            problems();
            Files.delete(folder.resolve("servers/games.toml"));
            assertThat(reloads.reload()).isInstanceOf(Reloaded.Unchanged.class);
            assertThat(log.lines().getLast())
                    .isEqualTo("INFO The configuration can be used again, and says what it said");
        }

        @Test
        void are_those_that_are_gone() throws IOException {
            Files.delete(folder.resolve("infrarust.toml"));
            assertThat(problems()).containsExactly("infrarust.toml: is gone");
            file("infrarust.toml", "bind = \"127.0.0.1:1\"\n");
            Files.move(folder.resolve("servers"), folder.resolve("elsewhere"));
            assertThat(problems()).containsExactly("servers: is gone");
            assertThat(route("lobby.example.org")).hasValue("lobby");
        }

        @Test
        void are_those_that_somebody_cannot_follow() throws IOException {
            List<String> done = new ArrayList<>();
            reloads.follow(live.snapshot(), List.of((next, diff) -> () -> done.add("followed"), (next, diff) -> {
                throw new ConfigException(List.of(new Problem("forwarding.secret", 0, 0, "is empty")));
            }));
            server("games", "127.0.0.1:2");
            assertThat(problems()).containsExactly("forwarding.secret: is empty");
            assertThat(done).isEmpty();
            assertThat(route("games.example.org")).isEmpty();
        }
    }

    @Nested
    class Who_follows {

        @Test
        void has_followed_before_the_first_connection_sees_the_change() throws IOException {
            List<Optional<String>> seen = new ArrayList<>();
            reloads.follow(live.snapshot(), List.of((next, diff) -> () -> seen.add(route("games.example.org"))));
            server("games", "127.0.0.1:2");
            reloads.reload();
            assertThat(seen).containsExactly(Optional.empty());
            assertThat(route("games.example.org")).hasValue("games");
        }

        @Test
        void catches_up_with_what_has_changed_before() throws IOException {
            ProxySnapshot first = live.snapshot();
            server("games", "127.0.0.1:2");
            reloads.reload();
            List<List<String>> seen = new ArrayList<>();
            reloads.follow(first, List.of((next, diff) -> () -> seen.add(diff.added())));
            assertThat(seen).containsExactly(List.of("games"));
        }
    }

    @Nested
    class Documents_of_plugins {

        private List<String> put(String provider, String name, String text) {
            return reloads.put(new ServerDocument(provider, name, text)).stream()
                    .map(Problem::toString)
                    .toList();
        }

        @Test
        void are_servers_at_once() {
            assertThat(put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2")))
                    .isEmpty();
            assertThat(route("games.example.org")).hasValue("games");
            assertThat(log.lines()).containsExactly("INFO Configuration changed: added games");
        }

        @Test
        void outlive_a_reload_of_the_files() throws IOException {
            put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2"));
            server("more", "127.0.0.1:3");
            reloads.reload();
            assertThat(route("games.example.org")).hasValue("games");
            assertThat(route("more.example.org")).hasValue("more");
        }

        @Test
        void that_are_wrong_are_refused_alone() {
            put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2"));
            assertThat(put("wake@games", "games", "adresses = []"))
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith("wake@games/games");
            assertThat(route("games.example.org")).hasValue("games");
        }

        @Test
        void whose_id_is_taken_are_refused_alone() {
            assertThat(put("wake@games", "lobby", server("other.example.org", "addresses", "127.0.0.1:2")))
                    .containsExactly("wake@games/lobby: the server id \"lobby\" is already taken by file@servers");
            assertThat(route("other.example.org")).isEmpty();
            assertThat(route("lobby.example.org")).hasValue("lobby");
        }

        @Test
        void give_way_to_a_file_as_long_as_it_is_there() throws IOException {
            put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2"));
            file("servers/games.toml", server("file.example.org", "addresses", "127.0.0.1:3"));
            reloads.reload();
            assertThat(route("games.example.org")).isEmpty();
            assertThat(route("file.example.org")).hasValue("games");
            assertThat(log.lines())
                    .contains("WARN wake@games/games: the server id \"games\" is already taken by file@servers");
            Files.delete(folder.resolve("servers/games.toml"));
            reloads.reload();
            assertThat(route("games.example.org")).hasValue("games");
        }

        @Test
        void go_when_they_are_taken_away() {
            put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2"));
            reloads.remove("wake@games", List.of("games", "unknown"));
            assertThat(route("games.example.org")).isEmpty();
            assertThat(log.lines()).last().isEqualTo("INFO Configuration changed: removed games");
        }

        @Test
        void are_taken_while_the_files_are_broken() throws IOException {
            file("servers/lobby.toml", "domains = [");
            problems();
            assertThat(put("wake@games", "games", server("games.example.org", "addresses", "127.0.0.1:2")))
                    .isEmpty();
            assertThat(route("games.example.org")).hasValue("games");
            assertThat(route("lobby.example.org")).hasValue("lobby");
        }
    }

    @Nested
    class A_plugin {

        @Test
        void reads_documents_without_secrets_and_without_the_settings_of_others() throws IOException {
            file("infrarust.toml", """
                    bind = "127.0.0.1:1"
                    [plugins.wake]
                    enabled = true
                    [plugins.other]
                    enabled = false
                    """);
            begin();
            var service = new LiveConfigService("wake", reloads, live);
            assertThat(service.proxyDocument()).contains("[plugins.wake]").doesNotContain("other");
            assertThat(service.value("bind")).hasValue("127.0.0.1:1");
            assertThat(service.value("plugins.wake.enabled")).hasValue("true");
            assertThat(service.value("plugins.other.enabled")).isEmpty();
            assertThat(service.value("plugins")).isEmpty();
            assertThat(service.serverFor("LOBBY.example.org.")).hasValue("lobby");
            assertThat(service.document("lobby").orElseThrow().provider()).isEqualTo("file@servers");
            assertThat(service.document("lobby").orElseThrow().toml())
                    .isEqualTo("domains = [\"lobby.example.org\"]\naddresses = [\"127.0.0.1\"]\n");
        }
    }
}
