package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From files to a snapshot, or to every reason why not (spec: proxy facts, section 5). */
class ConfigLoaderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void servers_folder() throws IOException {
        Files.createDirectory(folder.resolve("servers"));
    }

    private void proxy(String text) throws IOException {
        Files.writeString(folder.resolve("infrarust.toml"), text);
    }

    private void server(String file, String text) throws IOException {
        Files.writeString(folder.resolve("servers").resolve(file), text);
    }

    private ConfigLoader.Loaded load() {
        return new ConfigLoader(folder).load(ConfigLoader.Request.defaults());
    }

    private ProxyConfig config() {
        return load().snapshot().config();
    }

    private List<String> problems() {
        try {
            load();
        } catch (ConfigException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
        return List.of();
    }

    private List<String> warnings() {
        return load().warnings().stream().map(Problem::toString).toList();
    }

    @Nested
    class Without_a_file {

        @Test
        void every_host_leads_into_limbo() {
            var loaded = load();
            assertThat(loaded.file()).isEmpty();
            assertThat(loaded.snapshot().servers()).containsExactly(ServerConfig.limbo());
            assertThat(loaded.snapshot().config().bind()).isEqualTo(new Address("0.0.0.0", 25565));
        }

        @Test
        void nothing_is_written() throws IOException {
            Files.delete(folder.resolve("servers"));
            load();
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void server_files_are_served_all_the_same() throws IOException {
            server("lobby.toml", "domains = [\"*\"]\naddresses = [\"127.0.0.1\"]");
            assertThat(load().snapshot().servers())
                    .singleElement()
                    .extracting(ServerConfig::id)
                    .isEqualTo("lobby");
        }

        @Test
        void a_file_that_the_command_line_names_must_exist() {
            var request = new ConfigLoader.Request(
                    Optional.of(Path.of("other.toml")), Optional.empty(), Optional.empty(), Optional.empty());
            assertThatThrownBy(() -> new ConfigLoader(folder).load(request))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("other.toml: there is no such file");
        }
    }

    @Nested
    class A_file_that_says_everything {

        @Test
        void becomes_a_config() throws IOException {
            proxy("""
                    bind = "[::1]:25577"
                    compression_threshold = 128
                    max_connections = 500
                    connect_timeout = "1m30s"
                    connect_max_attempts = 0
                    servers_dir = "./other"
                    plugins_dir = "/srv/plugins"
                    worker_threads = 4
                    so_reuseport = true
                    unknown_domain_behavior = "drop"
                    announce_proxy_commands = false

                    [status_cache]
                    ttl = "200ms"
                    max_entries = 7

                    [keepalive]
                    time = "1h"
                    interval = "2s"
                    retries = 9

                    [default_motd.online]
                    text = "Hello"
                    favicon = "icon.png"
                    version_name = "1.x"
                    max_players = 12

                    [default_motd]
                    unreachable = { text = "gone" }

                    [events]
                    handler_timeout = "3s"

                    [wasm]
                    engine = "wasmtime"
                    memory_limit_mb = 32
                    cpu_budget = "3s"
                    wasmtime.library = "lib/libwasmtime.so"

                    [plugins.greeter]
                    permissions = ["limbo"]
                    deny = ["command"]
                    enabled = false
                    strict_capabilities = true
                    """);
            ProxyConfig config = config();
            assertThat(config.bind()).isEqualTo(new Address("::1", 25577));
            assertThat(config.compressionThreshold()).hasValue(128);
            assertThat(config.maxConnections()).isEqualTo(500);
            assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(90));
            assertThat(config.connectMaxAttempts()).isZero();
            assertThat(config.serversDir()).isEqualTo(folder.resolve("other"));
            assertThat(config.pluginsDir()).isEqualTo(Path.of("/srv/plugins"));
            assertThat(config.workerThreads()).isEqualTo(4);
            assertThat(config.soReuseport()).isTrue();
            assertThat(config.unknownDomainBehavior()).isEqualTo(UnknownDomain.DROP);
            assertThat(config.announceProxyCommands()).isFalse();
            assertThat(config.statusCache()).isEqualTo(new StatusCache(Duration.ofMillis(200), 7));
            assertThat(config.keepalive()).isEqualTo(new TcpKeepalive(Duration.ofHours(1), Duration.ofSeconds(2), 9));
            assertThat(config.defaultMotd())
                    .containsEntry(
                            MotdState.ONLINE,
                            new Motd("Hello", Optional.of("icon.png"), Optional.of("1.x"), OptionalInt.of(12)))
                    .containsEntry(MotdState.UNREACHABLE, Motd.of("gone"));
            assertThat(config.events().handlerTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(config.wasm().engine()).isEqualTo("wasmtime");
            assertThat(config.wasm().engineOptions()).containsOnly(Map.entry("library", "lib/libwasmtime.so"));
            assertThat(config.wasm().memoryLimitMb()).isEqualTo(32);
            assertThat(config.plugin("greeter"))
                    .isEqualTo(new PluginSettings(List.of("limbo"), List.of("command"), false, true));
            assertThat(config.plugin("unnamed")).isEqualTo(PluginSettings.defaults());
        }

        @Test
        void the_time_to_connect_holds_for_every_server_that_names_none() throws IOException {
            proxy("connect_timeout = \"2s\"");
            server("a.toml", "domains = [\"a\"]\naddresses = [\"127.0.0.1\"]");
            server("b.toml", "domains = [\"b\"]\naddresses = [\"127.0.0.1\"]\ntimeouts.connect = \"9s\"");
            assertThat(load().snapshot().servers())
                    .extracting(server -> server.timeouts().connect())
                    .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(9));
        }

        @Test
        void an_empty_file_says_the_defaults() throws IOException {
            proxy("");
            assertThat(config().toBuilder()
                            .serversDir(Path.of("servers"))
                            .pluginsDir(Path.of("plugins"))
                            .database(Path.of("infrarust.db"))
                            .ban(BanSettings.defaults())
                            .forwarding(ForwardingSettings.defaults())
                            .wasm(WasmSettings.defaults())
                            .build())
                    .isEqualTo(ProxyConfig.defaults());
            assertThat(load().snapshot().servers()).isEmpty();
        }

        @Test
        void the_configuration_of_a_load_test_is_taken_as_it_is() throws IOException {
            proxy("""
                    bind = "127.0.0.1:25631"
                    worker_threads = 1
                    [rate_limit]
                    enabled = false
                    max_connections = 1000000
                    status_max = 1000000

                    [plugins.pass-filter]
                    permissions = ["codec-filter"]
                    """);
            server("all.toml", """
                    domains = ["*", "localhost", "127.0.0.1", "fwd.test"]
                    addresses = ["127.0.0.1:25500"]
                    proxy_mode = "zero_copy"
                    """);
            assertThat(warnings()).isEmpty();
            assertThat(config().rateLimit().maxConnections()).isEqualTo(1_000_000);
            assertThat(load().snapshot().server("all")).get().satisfies(server -> {
                assertThat(server.proxyMode()).isEqualTo(ProxyMode.ZERO_COPY);
                assertThat(server.addresses()).containsExactly(new Address("127.0.0.1", 25500));
            });
        }

        @Test
        void the_command_line_wins() throws IOException {
            proxy("bind = \"127.0.0.1:1\"\nservers_dir = \"nowhere\"");
            server("a.toml", "domains = [\"a\"]\naddresses = [\"127.0.0.1\"]");
            var loaded = new ConfigLoader(folder)
                    .load(new ConfigLoader.Request(
                            Optional.empty(),
                            Optional.of(new Address("127.0.0.1", 2)),
                            Optional.of(Path.of("servers")),
                            Optional.of(Path.of("mods"))));
            assertThat(loaded.snapshot().config().bind().port()).isEqualTo(2);
            assertThat(loaded.snapshot().server("a")).isPresent();
            assertThat(loaded.snapshot().config().pluginsDir()).isEqualTo(folder.resolve("mods"));
        }

        @Test
        void folders_need_not_exist() throws IOException {
            Files.delete(folder.resolve("servers"));
            proxy("");
            assertThat(problems()).isEmpty();
        }

        @Test
        void a_byte_order_mark_is_skipped() throws IOException {
            proxy("\uFEFFmax_connections = 3\n");
            assertThat(config().maxConnections()).isEqualTo(3);
        }
    }

    @Nested
    class Unknown_keys {

        @Test
        void are_named_with_file_line_and_nearest_key() throws IOException {
            proxy("# first\n\n\n\n\n\nbnid = \"0.0.0.0:1\"\n");
            assertThat(problems()).containsExactly("infrarust.toml:7: unknown key `bnid`; did you mean `bind`?");
        }

        @Test
        void are_found_in_tables_dotted_keys_and_inline_tables() throws IOException {
            proxy("""
                    rate_limit.windw = "5s"
                    keepalive = { tiem = "1s", retries = 3 }

                    [status_cache]
                    "max entries" = 5
                    """);
            assertThat(problems())
                    .containsExactly(
                            "infrarust.toml:1: unknown key `windw` in [rate_limit]; did you mean `window`?",
                            "infrarust.toml:2: unknown key `tiem` in [keepalive]; did you mean `time`?",
                            "infrarust.toml:5: unknown key `max entries` in [status_cache];"
                                    + " did you mean `max_entries`?");
        }

        @Test
        void that_slipped_into_a_table_are_sent_back_to_the_top() throws IOException {
            proxy("[rate_limit]\nenabled = false\nbind = \"0.0.0.0:1\"\n");
            assertThat(problems())
                    .containsExactly("infrarust.toml:3: unknown key `bind` in [rate_limit];"
                            + " it belongs above the first [table] of the file");
        }

        @Test
        void without_a_near_one_list_what_is_known() throws IOException {
            proxy("[keepalive]\nfrobnicate = 1\n");
            assertThat(problems())
                    .containsExactly(
                            "infrarust.toml:2: unknown key `frobnicate` in [keepalive]; known are time, interval, retries");
        }

        @Test
        void in_server_files_too() throws IOException {
            server("a.toml", "domain = [\"a\"]\ndomains = [\"a\"]\naddresses = [\"b\"]\nmotd.onlin.text = \"x\"");
            assertThat(problems())
                    .containsExactly(
                            "servers/a.toml:1: unknown key `domain`; did you mean `domains`?",
                            "servers/a.toml:4: unknown key `onlin` in [motd]; did you mean `online`?");
        }
    }

    @Nested
    class Wrong_values {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "bind = 25565 | `bind' is 25565; expected is a text in quotes",
                    "bind = \"host:99999\" | `bind' is \"host:99999\": port 99999 is not in 0..65535; expected is an address like \"0.0.0.0:25565\"",
                    "bind = \"::1\" | `bind' is \"::1\": an IPv6 address needs brackets, as in [::1]:25565; expected is an address like \"0.0.0.0:25565\"",
                    "max_connections = -1 | `max_connections' is -1; expected is a whole number, at least 0",
                    "max_connections = 99999999999 | `max_connections' is 99999999999; expected is a whole number, at least 0",
                    "max_connections = 1.5 | `max_connections' is 1.5; expected is a whole number, at least 0",
                    "so_reuseport = \"yes\" | `so_reuseport' is \"yes\"; expected is true or false",
                    "connect_timeout = 5 | `connect_timeout' is 5; expected is a text in quotes",
                    "connect_timeout = \"5 parsecs\" | `connect_timeout' is \"5 parsecs\"; expected is a duration like \"5s\", \"200ms\" or \"1h30m\"",
                    "connect_timeout = \"0s\" | `connect_timeout' is \"0s\"; expected is at least 1ms",
                    "unknown_domain_behavior = \"drpo\" | `unknown_domain_behavior' is \"drpo\"; allowed are default_motd, drop; did you mean `drop'?",
                    "keepalive = 5 | `keepalive' is 5; expected is a table, as in [keepalive]",
                    "plugins.x.permissions = \"limbo\" | `plugins.x.permissions' is \"limbo\"; expected is a list, as in [\"a\", \"b\"]",
                    "plugins.x.deny = [1] | `plugins.x.deny[0]' is 1; expected is a text in quotes",
                    "default_motd.online.favicon = \"x\" | `default_motd.online.text' is missing",
                    "wasm.chicory.mode = 1 | `wasm.chicory.mode' is 1; expected is a text in quotes",
                    "wasm.memory_limit_mb = 5000 | `wasm.memory_limit_mb' is 5000; expected is 1 to 4096",
                })
        void are_reported_with_the_value_and_what_is_allowed(String line, String problem) throws IOException {
            proxy("\n" + line + "\n");
            assertThat(problems()).containsExactly("infrarust.toml:2: " + problem.replace('\'', '`'));
        }

        @Test
        void of_all_files_come_in_one_list() throws IOException {
            proxy("bind = 1\nmax_connections = \"x\"\n[keepalive]\nretries = 0\n");
            server("a.toml", "domains = \"a\"\naddresses = []\n");
            server("b.toml", "domains = [\"b\"]\naddresses = [\"b:0\"]\nproxy_mode = \"ofline\"\n");
            assertThat(problems())
                    .containsExactly(
                            "infrarust.toml:1: `bind` is 1; expected is a text in quotes",
                            "infrarust.toml:2: `max_connections` is \"x\"; expected is a whole number, at least 0",
                            "infrarust.toml:4: `keepalive.retries` is 0; expected is 1 to 127",
                            "servers/a.toml:1: `domains` is \"a\"; expected is a list, as in [\"a\", \"b\"]",
                            "servers/a.toml:2: `addresses` is missing or empty;"
                                    + " a server needs at least one, like [\"10.0.0.5:25565\"]",
                            "servers/b.toml:2: `addresses[0]` is \"b:0\": nobody can listen on port 0;"
                                    + " expected is an address like \"10.0.0.5:25565\"",
                            "servers/b.toml:3: `proxy_mode` is \"ofline\";"
                                    + " allowed are passthrough, zero_copy, server_only, client_only, offline;"
                                    + " did you mean `offline`?");
        }
    }

    @Nested
    class Syntax_errors {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "timeout = 5s | the value 5s is neither a number nor true or false; text needs quotes: \"5s\", in: timeout = 5s",
                    "bind 3 | this is neither key = value nor a [table], in: bind 3",
                    "a = \"x | the file ends in the middle of a value; a quote or bracket is not closed, in: a = \"x",
                    "[a | the file ends in the middle of a value; a quote or bracket is not closed, in: [a",
                    "a = \"\\q\" | after a backslash only b t n f r \" \\ u and U may stand; write \\\\ for a backslash, or use 'single quotes', in: a = \"\\q\"",
                })
        void are_told_in_plain_words(String line, String problem) throws IOException {
            proxy("max_connections = 3\n" + line);
            assertThat(problems())
                    .singleElement()
                    .satisfies(found -> assertThat(found)
                            .matches("infrarust\\.toml:2:\\d+: .*")
                            .endsWith(": " + problem));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "\n\n  # c\n\n  bind = \"x\"\n", " # c\nbind = \"x\""})
        void of_a_key_given_twice_name_the_line(String rest) throws IOException {
            proxy("max_connections = 3\nmax_connections = 4" + rest);
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("infrarust.toml:2: this key was already given above, in: max_connections = 4");
        }

        @Test
        void do_not_hide_what_is_wrong_in_other_files() throws IOException {
            proxy("= 3");
            server("a.toml", "domains = [\"a\"]");
            assertThat(problems()).hasSize(2).last().asString().startsWith("servers/a.toml: `addresses` is missing");
        }

        @Test
        void of_a_file_that_is_not_text() throws IOException {
            Files.write(folder.resolve("infrarust.toml"), new byte[] {(byte) 0xC3, 0x28});
            assertThat(problems()).containsExactly("infrarust.toml: is not UTF-8 text; save it as UTF-8");
        }

        @Test
        void of_a_folder_in_its_place() throws IOException {
            Files.createDirectory(folder.resolve("infrarust.toml"));
            assertThat(problems()).containsExactly("infrarust.toml: is a folder, not a file");
        }
    }

    @Nested
    class The_door {

        @Test
        void is_open_and_believes_nobody_by_default() throws IOException {
            proxy("");
            assertThat(config().ipFilter().isEmpty()).isTrue();
            assertThat(config().rateLimit().enabled()).isFalse();
            assertThat(config().receiveProxyProtocol()).isEqualTo(ReceiveProxyProtocol.off());
        }

        @Test
        void has_filters_and_limits() throws IOException {
            proxy("""
                    [ip_filter]
                    whitelist = ["10.0.0.0/8", "2001:db8::/32"]
                    blacklist = ["10.0.0.1"]
                    [rate_limit]
                    enabled = true
                    window = "1m"
                    """);
            server("a.toml", "domains = [\"a\"]\naddresses = [\"b\"]\nip_filter.blacklist = [\"10.1.0.0/16\"]");
            assertThat(config().ipFilter().whitelist()).hasToString("[10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32]");
            assertThat(config().ipFilter().blacklist()).hasToString("[10.0.0.1/32]");
            assertThat(config().rateLimit())
                    .isEqualTo(new RateLimit(true, 3, Duration.ofMinutes(1), 300, Duration.ofSeconds(10)));
            assertThat(load().snapshot().server("a").orElseThrow().ipFilter().blacklist())
                    .hasToString("[10.1.0.0/16]");
        }

        @Test
        void names_the_element_of_a_list_that_is_no_block() throws IOException {
            proxy("ip_filter.blacklist = [\"10.0.0.0/8\", \"example.com\"]");
            assertThat(problems())
                    .containsExactly(
                            "infrarust.toml:1: `ip_filter.blacklist[1]` is \"example.com\": \"example.com\" is no IP "
                                    + "address; expected is an address or a block like \"10.0.0.0/8\"");
        }

        @ParameterizedTest
        @CsvSource({"true,REQUIRED", "false,OFF", "'\"required\"',REQUIRED", "'\"optional\"',OPTIONAL"})
        void takes_headers_of_trusted_proxies(String value, ReceiveProxyProtocol.Presence expected) throws IOException {
            proxy("receive_proxy_protocol = " + value + "\ntrusted_proxies = [\"10.0.0.0/8\"]");
            assertThat(config().receiveProxyProtocol().presence()).isEqualTo(expected);
            assertThat(config().receiveProxyProtocol().trusted()).hasToString("[10.0.0.0/8]");
        }

        @Test
        void warns_when_everybody_is_believed() throws IOException {
            proxy("receive_proxy_protocol = true");
            assertThat(config().receiveProxyProtocol().trustsEverybody()).isTrue();
            assertThat(warnings())
                    .containsExactly("infrarust.toml:1: `receive_proxy_protocol` is on without `trusted_proxies`: "
                            + "whoever reaches the port can claim any address");
        }

        @Test
        void does_not_open_to_headers_of_everybody_beside_plain_connections() throws IOException {
            proxy("receive_proxy_protocol = \"optional\"");
            assertThat(problems()).singleElement().asString().contains("needs `trusted_proxies`");
        }

        @Test
        void says_that_trust_without_headers_is_nothing() throws IOException {
            proxy("trusted_proxies = [\"10.0.0.0/8\"]");
            assertThat(warnings()).singleElement().asString().contains("`trusted_proxies` has no effect");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"v1\"", "1"})
        void refuses_what_is_no_way_to_receive_headers(String value) throws IOException {
            proxy("receive_proxy_protocol = " + value);
            assertThat(problems()).singleElement().asString().contains("required, optional");
        }

        @ParameterizedTest
        @CsvSource({"true,V2", "false,OFF", "'\"v1\"',V1", "'\"v2\"',V2"})
        void tells_servers_whose_connection_it_is(String value, SendProxyProtocol expected) throws IOException {
            server("a.toml", "domains = [\"a\"]\naddresses = [\"b\"]\nsend_proxy_protocol = " + value);
            assertThat(load().snapshot().server("a").orElseThrow().sendProxyProtocol())
                    .isEqualTo(expected);
        }
    }

    @Nested
    class Permissions {

        @Test
        void say_who_may_use_the_proxys_commands() throws IOException {
            assertThat(config().permissions()).isEqualTo(PermissionSettings.defaults());
            proxy("""
                    [permissions]
                    admins = ["Steve", "069a79f4-44e9-4726-a5be-fca90e38aaf5"]
                    player_commands = ["help", "server"]
                    trust_offline_admins = true
                    provider = "builtin"
                    """);
            assertThat(config().permissions())
                    .isEqualTo(new PermissionSettings(
                            List.of("Steve", "069a79f4-44e9-4726-a5be-fca90e38aaf5"), Set.of("help", "server"), true));
        }

        @Test
        void can_be_said_by_a_plugin() throws IOException {
            proxy("permissions.provider = \"ranks\"");
            assertThat(config().permissions().isBuiltIn()).isFalse();
            assertThat(config().permissions().provider()).isEqualTo("ranks");
        }

        @Test
        void open_no_command_that_is_for_admins_only() throws IOException {
            proxy("permissions.player_commands = [\"help\", \"kick\"]");
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("infrarust.toml:1: `permissions.player_commands")
                    .contains("\"kick\"", "help, version, list, find, server");
        }
    }

    @Nested
    class Bans {

        @Test
        void are_kept_as_the_table_says() throws IOException {
            assertThat(config().ban().isBuiltIn()).isTrue();
            proxy("""
                    database = "kept/proxy.db"
                    [ban]
                    file = "old/bans.json"
                    purge_interval = "1h"
                    enable_audit_log = false
                    provider = "keeper"
                    check_timeout = "2s"
                    """);
            assertThat(config().database()).isEqualTo(folder.resolve("kept/proxy.db"));
            assertThat(config().ban())
                    .isEqualTo(new BanSettings(
                            folder.resolve("old/bans.json"),
                            Duration.ofHours(1),
                            false,
                            "keeper",
                            Duration.ofSeconds(2)));
            assertThat(config().ban().isOf("keeper")).isTrue();
        }
    }

    @Nested
    class What_this_version_does_not_serve {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "telemetry.enabled = true",
                    "auth.offline_uuid = \"client\"",
                    "docker.endpoint = \"unix:///x\"",
                    "web.bind = \"127.0.0.1:8080\"",
                    "wasm.instance_pool = 8",
                    "wasm.cpu_budget = \"1s\"",
                    "events.disconnect_deadline = \"1s\"",
                    "wasm.recovery.max_restarts = 1",
                    "plugins.x.wasm.network = { allow = [\"a:1\"] }",
                })
        void is_refused_by_name(String line) throws IOException {
            proxy(line);
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("infrarust.toml:1: `")
                    .contains("is not supported by this version; remove it");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "proxy_mode = \"full\"",
                    "limbo_handlers = [\"queue\"]",
                    "server_manager = { type = \"local\" }",
                })
        void is_refused_in_server_files(String line) throws IOException {
            server("a.toml", "domains = [\"a\"]\naddresses = [\"b\"]\n" + line);
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("servers/a.toml:3: `")
                    .contains("is not supported by this version");
        }

        @Test
        void is_accepted_when_it_is_off_or_says_what_holds_anyway() throws IOException {
            proxy("""
                    receive_proxy_protocol = false
                    [ip_filter]
                    whitelist = []
                    blacklist = []
                    [telemetry]
                    enabled = false
                    endpoint = "http://collector"
                    [web]
                    enable_api = false
                    [wasm]
                    recovery = { max_restarts = 5 }
                    """);
            server("a.toml", """
                    domains = ["a"]
                    addresses = [{ address = "b", weight = 1 }]
                    send_proxy_protocol = false
                    balance = "first_available"
                    [active_health]
                    enabled = false
                    """);
            assertThat(problems()).isEmpty();
        }
    }

    @Nested
    class Server_files {

        private static final String REST = "domains = [\"a\"]\naddresses = [\"b\"]\n";

        @Test
        void become_servers_in_the_order_of_their_names() throws IOException {
            server("b.toml", """
                    name = "game"
                    id = "other"
                    network = "main"
                    domains = ["*.Example.org"]
                    addresses = ["10.0.0.1", "[fd00::1]:25566", { address = "backend:1" }]
                    proxy_mode = "offline"
                    domain_rewrite = { explicit = "play.example.org" }
                    max_players = 20
                    disconnect_message = "Sleep well."
                    timeouts = { connect = "1s", read = "2s", write = "3s" }
                    motd.offline.text = "down"
                    """);
            server("a.toml", REST + "domain_rewrite = \"from_backend\"");
            server("c.txt", "not read");
            assertThat(load().snapshot().servers())
                    .containsExactly(
                            ServerConfig.builder("a")
                                    .domains("a")
                                    .addresses("b:25565")
                                    .domainRewrite(new DomainRewrite.FromBackend())
                                    .build(),
                            ServerConfig.builder("game")
                                    .network("main")
                                    .domains("*.Example.org")
                                    .addresses("10.0.0.1:25565", "[fd00::1]:25566", "backend:1")
                                    .proxyMode(ProxyMode.OFFLINE)
                                    .domainRewrite(new DomainRewrite.Explicit("play.example.org"))
                                    .maxPlayers(20)
                                    .disconnectMessage("Sleep well.")
                                    .timeouts(new Timeouts(
                                            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)))
                                    .motd(java.util.Map.of(MotdState.CRASHED, Motd.of("down")))
                                    .build());
        }

        @Test
        void with_the_same_id_are_refused_by_the_name_of_both() throws IOException {
            server("a.toml", REST);
            server("b.toml", "# copy\nid = \"a\"\n" + REST);
            assertThat(problems())
                    .containsExactly("servers/b.toml:2: the server id \"a\" is already taken by servers/a.toml");
        }

        @Test
        void need_an_id_of_plain_letters() throws IOException {
            server("My Server.toml", REST);
            server("b.toml", "name = \"Big\"\n" + REST);
            assertThat(problems())
                    .containsExactly(
                            "servers/My Server.toml: the file's name gives the server the id \"My Server\","
                                    + " which does not match [a-z0-9._-]{1,64}; rename the file or set `id`",
                            "servers/b.toml:1: `name` is \"Big\"; expected is [a-z0-9_-]{1,64}");
        }

        @Test
        void that_only_forward_need_a_domain_and_no_network() throws IOException {
            server("a.toml", "addresses = [\"b\"]\nnetwork = \"main\"\n");
            assertThat(problems())
                    .containsExactly(
                            "servers/a.toml: `domains` is missing or empty;"
                                    + " proxy_mode = \"passthrough\" is reached only by a domain",
                            "servers/a.toml:2: `network` is given, but players of proxy_mode = \"passthrough\""
                                    + " cannot switch servers; remove it or use \"offline\"");
        }

        @Test
        void that_intercept_need_no_domain() throws IOException {
            server("a.toml", "addresses = [\"b\"]\nproxy_mode = \"offline\"\nnetwork = \"main\"\n");
            assertThat(problems()).isEmpty();
        }

        @Test
        void point_at_the_element_of_a_list_that_is_wrong() throws IOException {
            server("a.toml", "addresses = [\n  \"b\",\n  # comment ]\n  \"c:x\",\n]\ndomains = [\n\"a\", \"\"]\n");
            assertThat(problems())
                    .containsExactly(
                            "servers/a.toml:4: `addresses[1]` is \"c:x\": the port \"x\" is not a number in 0..65535;"
                                    + " expected is an address like \"10.0.0.5:25565\"",
                            "servers/a.toml:7: `domains[1]` is \"\": it is empty;"
                                    + " expected is a host name, * and ? allowed");
        }
    }

    @Nested
    class Forwarding_of_identities {

        private static final String OFFLINE = "addresses = [\"b\"]\nproxy_mode = \"offline\"\n";
        private static final String PASSTHROUGH = "domains = [\"a\"]\naddresses = [\"b\"]\n";

        @Test
        void is_inherited_unless_the_server_says_otherwise() throws IOException {
            proxy("[forwarding]\nmode = \"velocity\"\nsecret_file = \"keys/secret\"\n");
            server("a.toml", OFFLINE);
            server("b.toml", OFFLINE + "forwarding_mode = \"bungee_guard\"\n");
            server("c.toml", OFFLINE + "forwarding_mode = \"none\"\n");
            ProxySnapshot snapshot = load().snapshot();
            assertThat(snapshot.servers())
                    .extracting(snapshot::forwarding)
                    .containsExactly(ForwardingMode.VELOCITY, ForwardingMode.BUNGEE_GUARD, ForwardingMode.NONE);
            assertThat(snapshot.config().forwarding().secretFile()).isEqualTo(folder.resolve("keys/secret"));
        }

        @Test
        void is_off_and_has_its_file_in_the_working_directory_when_nothing_is_said() throws IOException {
            server("a.toml", OFFLINE);
            ProxySnapshot snapshot = load().snapshot();
            assertThat(snapshot.servers()).extracting(snapshot::forwarding).containsExactly(ForwardingMode.NONE);
            assertThat(snapshot.config().forwarding().secretFile()).isEqualTo(folder.resolve("forwarding.secret"));
        }

        @Test
        void is_not_for_modes_that_only_forward() throws IOException {
            server("a.toml", PASSTHROUGH + "forwarding_mode = \"bungee_cord\"\n");
            server("b.toml", PASSTHROUGH + "forwarding_mode = \"none\"\n");
            assertThat(problems())
                    .containsExactly("servers/a.toml:3: `forwarding_mode` = \"bungee_cord\" needs proxy_mode ="
                            + " \"client_only\" or \"offline\", but the mode is \"passthrough\";"
                            + " set forwarding_mode = \"none\" or change the mode");
        }

        @Test
        void is_not_passed_over_in_silence_where_a_server_inherits_what_it_cannot_do() throws IOException {
            proxy("forwarding.mode = \"velocity\"\n");
            server("a.toml", PASSTHROUGH);
            server("b.toml", PASSTHROUGH + "forwarding_mode = \"none\"\n");
            assertThat(problems())
                    .containsExactly("servers/a.toml: `forwarding_mode` is not given, so that [forwarding] mode ="
                            + " \"velocity\" holds, and it needs proxy_mode = \"client_only\" or \"offline\","
                            + " but the mode is \"passthrough\"; set forwarding_mode = \"none\" or change the mode");
        }

        @Test
        void has_four_modes() throws IOException {
            proxy("forwarding.mode = \"modern\"\n");
            assertThat(problems())
                    .containsExactly("infrarust.toml:1: `forwarding.mode` is \"modern\";"
                            + " allowed are none, bungee_cord, bungee_guard, velocity");
        }

        @Test
        void warns_about_keys_of_older_files_that_moved() throws IOException {
            proxy("[forwarding]\nbungeecord_channel = true\nchannel_permissions = { connect = true }\n");
            assertThat(warnings())
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text).contains("has no effect; [plugin_messaging]"));
        }
    }

    @Nested
    class Capabilities {

        @Test
        void that_nobody_knows_or_may_grant_are_only_warned_about() throws IOException {
            proxy("""
                    [plugins.a]
                    permissions = ["codec_filter", "transport-filter", "limbo"]
                    deny = ["telepathy", "transport-filter"]
                    """);
            assertThat(warnings())
                    .containsExactly(
                            "infrarust.toml:2: `plugins.a.permissions` names the unknown capability \"codec_filter\","
                                    + " which is ignored; did you mean \"codec-filter\"?",
                            "infrarust.toml:2: `plugins.a.permissions` names \"transport-filter\","
                                    + " which no configuration can grant; it is ignored",
                            "infrarust.toml:3: `plugins.a.deny` names the unknown capability \"telepathy\","
                                    + " which is ignored");
            assertThat(config().plugin("a").permissions()).contains("codec_filter");
        }
    }

    @Nested
    class A_secret {

        @Test
        void is_not_in_the_words_about_its_line() throws IOException {
            proxy("web.api_key = \"sixteen letters");
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .endsWith("in: web.api_key = <redacted>")
                    .doesNotContain("sixteen");
            proxy("token = hunter2");
            assertThat(problems()).singleElement().asString().doesNotContain("hunter2");
        }
    }

    @Nested
    class Keys_of_a_plugins_own {

        @Test
        void are_kept_for_it() throws IOException {
            proxy("""
                    [plugins.gate]
                    enabled = true
                    limit = 5
                    part = 0.5
                    words = ["a", "b"]
                    messages.hello = "hi"
                    """);
            assertThat(config().plugin("gate"))
                    .isEqualTo(new PluginSettings(
                            List.of(),
                            List.of(),
                            Optional.of(true),
                            false,
                            Map.of(
                                    "limit",
                                    5L,
                                    "part",
                                    0.5,
                                    "words",
                                    List.of("a", "b"),
                                    "messages",
                                    Map.of("hello", "hi"))));
        }

        @Test
        void are_none_that_look_like_a_slip_of_the_proxys() throws IOException {
            proxy("""
                    [plugins.gate]
                    enabeld = false
                    """);
            assertThat(problems())
                    .containsExactly(
                            "infrarust.toml:2: unknown key `enabeld` in [plugins.gate]; did you mean `enabled`?");
        }
    }
}
