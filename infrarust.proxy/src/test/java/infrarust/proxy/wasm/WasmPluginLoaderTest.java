package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.PluginInfo;
import infrarust.api.PluginState;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.wasm.contract023.Contract023;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real components, built by a real toolchain, on the default engine. */
@Timeout(120)
class WasmPluginLoaderTest {

    private static final Path GUEST = Path.of("..", "guest");
    private static final Path GREETER = GUEST.resolve(Path.of("plugins", "greeter", "greeter.wasm"));

    /** Shared by the tests, so that each component is compiled once. */
    @TempDir
    private static Path cacheDir;

    @TempDir
    private Path pluginsDir;

    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(20));
    private final OnlinePlayers players = new OnlinePlayers();
    private final LogLines log = LogLines.of("infrarust.proxy.plugin");
    private final LogLines loaderLog = LogLines.of(WasmPluginLoader.class.getName());
    private final LogLines actorLog = LogLines.of(PluginActor.class.getName());
    private final LogLines pluginLog = LogLines.of("plugin");
    private final List<Plugins> started = new ArrayList<>();
    private ProxyConfig.Builder config = ProxyConfig.builder();

    @BeforeEach
    void useATemporaryCache() {
        config = config.wasm(settings(Duration.ofSeconds(60)));
    }

    @AfterEach
    void stop() {
        started.forEach(Plugins::stop);
        clock.close();
        log.close();
        loaderLog.close();
        actorLog.close();
        pluginLog.close();
    }

    private static Path broken(String name) {
        return GUEST.resolve(Path.of("fixtures", "broken", name + ".wasm"));
    }

    private static Path fixture(String name) {
        return GUEST.resolve(Path.of("fixtures", "plugins", name + ".wasm"));
    }

    private void drop(Path file) throws IOException {
        Files.copy(file, pluginsDir.resolve(file.getFileName()));
    }

    private Plugins start(ComponentSource... embedded) {
        ProxyConfig built = config.pluginsDir(pluginsDir).build();
        var loader = new WasmPluginLoader(built, List.of(new Contract023()), List.of(embedded), clock);
        Plugins plugins = Plugins.start(
                List.of(loader),
                GivenServices.of(
                        events,
                        players,
                        new ProxyCommands(clock, (source, node) -> true),
                        clock,
                        pluginsDir,
                        built::plugin));
        started.add(plugins);
        return plugins;
    }

    private void callsMayTake(Duration most) {
        config = config.wasm(settings(most));
    }

    private static WasmSettings settings(Duration most) {
        WasmSettings usual = WasmSettings.defaults();
        return new WasmSettings(usual.engine(), Map.of(), cacheDir, usual.memoryLimitMb(), most, usual.queueCapacity());
    }

    private String reasonWhyNot(Plugins plugins) {
        return plugins.list().stream()
                .map(PluginInfo::state)
                .map(state -> state instanceof PluginState.Failed(String reason) ? reason : state.toString())
                .findFirst()
                .orElseThrow();
    }

    private PreLoginEvent.Result login(String name) throws Exception {
        var event = new PreLoginEvent(
                new GameProfile(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name, List.of()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                767,
                "localhost");
        return await(events.fire(event)).result();
    }

    private FakePlayer join(String name) throws Exception {
        var player = new FakePlayer(players.nextId(), name);
        players.register(player);
        await(events.fire(new PostLoginEvent(player)));
        return player;
    }

    private static <E> E await(CompletionStage<E> fired) throws Exception {
        return fired.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static String plain(Component text) {
        return PlainTextComponentSerializer.plainText().serialize(text);
    }

    @Nested
    class TheGreeter {

        @Test
        void keeps_out_who_is_on_the_list_and_greets_the_others() throws Exception {
            drop(GREETER);
            Files.createDirectories(pluginsDir.resolve("greeter"));
            Files.writeString(pluginsDir.resolve("greeter").resolve("denied-names.txt"), "# list\nGriefer\n");
            Plugins plugins = start();
            assertThat(plugins.enabled()).containsExactly("greeter");

            assertThat(login("griefer"))
                    .isInstanceOfSatisfying(
                            PreLoginEvent.Result.Denied.class,
                            denied -> assertThat(plain(denied.reason()))
                                    .isEqualTo("griefer, you are not welcome on this server."));
            assertThat(login("Ada")).isEqualTo(new PreLoginEvent.Result.Allowed());
            assertThat(join("Ada").messages())
                    .singleElement()
                    .satisfies(message -> assertThat(plain(message)).contains("Ada"));
            assertThat(pluginLog.lines())
                    .contains("INFO 1 name(s) on the list of who stays outside")
                    .anySatisfy(line -> assertThat(line).contains("griefer from 127.0.0.1:40000"));
            assertThat(actorLog.lines()).isEmpty();
        }

        @Test
        void says_what_it_prints_in_its_log() throws Exception {
            drop(GREETER);
            start();
            assertThat(pluginLog.lines())
                    .anySatisfy(
                            line -> assertThat(line).startsWith("INFO greeter ").endsWith(" is enabled"));
        }

        @Test
        void that_comes_with_the_proxy_greets_and_leaves_no_file_behind() throws Exception {
            Plugins plugins = start(ComponentSource.embedded(GREETER));
            assertThat(plugins.enabled()).containsExactly("greeter");
            assertThat(join("Ada").messages()).hasSize(1);
            assertThat(pluginsDir).isEmptyDirectory();
        }

        @Test
        void may_be_kept_from_writing_to_players() throws Exception {
            config = config.plugins(
                    Map.of("greeter", new PluginSettings(List.of("no-such"), List.of("player-write"), true, false)));
            drop(GREETER);
            start();
            assertThat(join("Ada").messages()).isEmpty();
            assertThat(pluginLog.lines())
                    .contains("WARN call player.send-message refused: missing capability player-write (suppressed=0)");
        }

        @Test
        void is_refused_where_capabilities_are_strict_and_one_is_missing() throws Exception {
            config = config.plugins(
                    Map.of("greeter", new PluginSettings(List.of(), List.of("player-write"), true, true)));
            drop(GREETER);
            assertThat(reasonWhyNot(start())).contains("was not granted 'player-write'");
        }
    }

    @Nested
    class TheEngine {

        private void says(String option, String value) {
            WasmSettings usual = settings(Duration.ofMinutes(1));
            config = config.wasm(new WasmSettings(
                    usual.engine(),
                    Map.of(option, value),
                    usual.cacheDir(),
                    usual.memoryLimitMb(),
                    usual.maxCallDuration(),
                    usual.queueCapacity()));
        }

        @Test
        void interprets_when_it_is_told_to() throws Exception {
            says("mode", "interpreter");
            drop(GREETER);
            assertThat(start().enabled()).containsExactly("greeter");
            assertThat(loaderLog.lines()).anySatisfy(line -> assertThat(line).endsWith("(interpreter)"));
            assertThat(join("Ada").messages()).hasSize(1);
        }

        @Test
        void that_does_not_know_a_switch_is_named_with_it() throws Exception {
            says("mood", "swift");
            drop(GREETER);
            assertThat(start().enabled()).isEmpty();
            assertThat(log.lines())
                    .anySatisfy(
                            line -> assertThat(line).contains("[wasm.chicory]").contains("no option \"mood\""));
        }
    }

    @Nested
    class ABrokenFile {

        private String refusal(String name) throws Exception {
            drop(broken(name));
            drop(fixture("modifier"));
            assertThat(start().enabled()).as("the others start").containsExactly("modifier");
            String start = "ERROR plugin " + name + ".wasm refused: ";
            assertThat(log.lines()).filteredOn(line -> line.startsWith(start)).hasSize(1);
            String line = log.lines().stream()
                    .filter(one -> one.startsWith(start))
                    .findFirst()
                    .orElseThrow();
            assertThat(line).doesNotContain("\n").doesNotContain("Exception");
            return line.substring(start.length());
        }

        @Test
        void that_is_empty() throws Exception {
            assertThat(refusal("empty")).isEqualTo("the file is empty; copy it again");
        }

        @Test
        void that_is_text() throws Exception {
            assertThat(refusal("text")).isNotBlank();
        }

        @Test
        void that_is_cut_off() throws Exception {
            assertThat(refusal("truncated")).contains("at byte");
        }

        @Test
        void that_is_a_core_module() throws Exception {
            assertThat(refusal("core-module")).contains("core WebAssembly module");
        }

        @Test
        void that_was_built_for_another_contract() throws Exception {
            assertThat(refusal("other-version"))
                    .isEqualTo(
                            "plugin built for infrarust:plugin@0.3.0; this proxy serves 0.2.3, rebuild it with an SDK"
                                    + " for infrarust:plugin@0.2.3");
        }

        @Test
        void that_imports_what_nobody_offers() throws Exception {
            assertThat(refusal("unknown-import"))
                    .isEqualTo(
                            "it imports infrarust:plugin/ghost@0.2.3, which this version of the proxy does not offer");
        }

        @Test
        void that_imports_the_whole_contract_and_more() throws Exception {
            assertThat(refusal("ghost-import")).contains("infrarust:plugin/ghost@0.2.3");
        }
    }

    @Nested
    class APluginThatMisbehaves {

        @Test
        void by_answering_an_error_is_not_enabled() throws Exception {
            drop(fixture("enable-error"));
            assertThat(reasonWhyNot(start())).startsWith("plugin 'enable-error' was not enabled: on-enable answered: ");
        }

        @Test
        void by_a_trap_at_its_start_is_not_enabled_and_leaves_no_listener() throws Exception {
            drop(fixture("trap-on-enable"));
            assertThat(reasonWhyNot(start())).startsWith("plugin 'trap-on-enable' was not enabled: trap: ");
            assertThat(login("Ada")).isEqualTo(new PreLoginEvent.Result.Allowed());
            assertThat(actorLog.lines()).as("said once").isEmpty();
        }

        @Test
        void by_never_coming_back_from_its_start_is_stopped() throws Exception {
            callsMayTake(Duration.ofSeconds(2));
            drop(fixture("spin-on-enable"));
            drop(fixture("modifier"));
            Plugins plugins = start();
            assertThat(plugins.enabled()).containsExactly("modifier");
            assertThat(log.lines())
                    .contains("ERROR plugin 'spin-on-enable' was not enabled: on-enable took longer than 2000 ms"
                            + " (spin-on-enable.wasm)");
        }

        @Test
        void by_never_coming_back_from_an_event_is_out_of_order_and_the_others_are_well() throws Exception {
            callsMayTake(Duration.ofSeconds(2));
            drop(fixture("spin-on-event"));
            drop(GREETER);
            start();
            assertThat(join("Ada").messages()).hasSize(1);
            assertThat(join("Bob").messages()).hasSize(1);
            await(events.fire(new DisconnectEvent(
                    players.byName("Bob").orElseThrow(), Optional.empty(), DisconnectEvent.Cause.CLIENT_QUIT)));
            assertThat(pluginLog.lines())
                    .contains(
                            "WARN PostLoginEvent was not answered: handle-event took longer than 2000 ms (suppressed=0)");
        }
    }

    @Nested
    class APluginThatDecidesAboutLogins {

        @Test
        void has_its_outcomes_applied_and_those_of_other_events_ignored() throws Exception {
            drop(fixture("modifier"));
            start();
            assertThat(login("Offline1")).isEqualTo(new PreLoginEvent.Result.ForceOffline());
            assertThat(login("Online1")).isEqualTo(new PreLoginEvent.Result.ForceOnline());
            assertThat(login("Denied1"))
                    .isEqualTo(new PreLoginEvent.Result.Denied(Component.text("not \"today\", {thank you}")));
            assertThat(login("Wrong1")).isEqualTo(new PreLoginEvent.Result.Allowed());
            assertThat(login("Ada")).isEqualTo(new PreLoginEvent.Result.Allowed());
        }
    }

    @Nested
    class FilesAndFolders {

        @Test
        void a_folder_that_is_not_there_has_no_plugins() throws Exception {
            Files.delete(pluginsDir);
            assertThat(start().list()).isEmpty();
            assertThat(pluginsDir).doesNotExist();
        }

        @Test
        void two_files_with_one_id_are_both_refused() throws Exception {
            drop(fixture("modifier"));
            Files.copy(fixture("modifier"), pluginsDir.resolve("copy.wasm"));
            assertThat(start().list()).isEmpty();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("copy.wasm and modifier.wasm"))
                    .hasSize(2);
        }

        @Test
        void a_link_to_a_file_that_was_seen_is_skipped_and_folders_are_not_entered() throws Exception {
            drop(fixture("modifier"));
            Files.createSymbolicLink(pluginsDir.resolve("other.wasm"), pluginsDir.resolve("modifier.wasm"));
            Files.createDirectory(pluginsDir.resolve("sub.wasm"));
            Files.copy(fixture("modifier"), pluginsDir.resolve("sub.wasm").resolve("inner.wasm"));
            assertThat(start().enabled()).containsExactly("modifier");
        }
    }
}
