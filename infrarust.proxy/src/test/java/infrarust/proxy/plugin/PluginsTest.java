package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginDependency;
import infrarust.api.PluginInfo;
import infrarust.api.PluginMetadata;
import infrarust.api.PluginState;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.event.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PluginsTest {

    private static final PluginSettings OFF = new PluginSettings(List.of(), List.of(), false, false);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final LogLines log = LogLines.of(Plugins.class.getName());

    @AfterEach
    void stopListening() {
        log.close();
    }

    private Plugins start(PluginLoader... loaders) {
        return Plugins.start(
                List.of(loaders),
                GivenServices.of(
                        events,
                        new ProxyCommands(clock, (source, node) -> true),
                        clock,
                        id -> id.equals("off") ? OFF : PluginSettings.defaults()));
    }

    private static PluginLoader loader(String kind, PluginCandidate... found) {
        return new FixedLoader(kind, new PluginLoader.Discovery(List.of(found), List.of()));
    }

    private Recorder plugin(String id, String... requires) {
        return new Recorder(id, id + ".wasm", requires);
    }

    /** Writes down what happens to it, and subscribes to one event. */
    private class Recorder implements PluginCandidate, Plugin {

        private final PluginMetadata metadata;
        private final String origin;

        Recorder(String id, String origin, String... requires) {
            this.metadata = new PluginMetadata(
                    id,
                    id,
                    "1.0",
                    List.of(),
                    Optional.empty(),
                    Stream.of(requires).map(PluginDependency::required).toList());
            this.origin = origin;
        }

        @Override
        public PluginMetadata metadata() {
            return metadata;
        }

        @Override
        public String origin() {
            return origin;
        }

        @Override
        public boolean isOnByDefault() {
            return true;
        }

        @Override
        public Plugin load(PluginScope scope) throws PluginRefusedException {
            return this;
        }

        @Override
        public CompletionStage<?> onEnable(PluginContext context) throws Exception {
            context.events().subscribe(ProxyInitializeEvent.class, event -> seen.add("event " + metadata.id()));
            seen.add("enable " + metadata.id());
            return Plugin.done();
        }

        @Override
        public CompletionStage<?> onDisable() throws Exception {
            seen.add("disable " + metadata.id());
            return Plugin.done();
        }
    }

    private record FixedLoader(String kind, Discovery discovery) implements PluginLoader {
        @Override
        public Discovery look(Predicate<String> wanted) {
            return new Discovery(
                    discovery.found().stream()
                            .filter(one -> wanted.test(one.origin()))
                            .toList(),
                    discovery.refused());
        }
    }

    @Nested
    class StartingAndStopping {

        @Test
        void goes_by_dependency_and_backwards() {
            Plugins plugins = start(loader("wasm", plugin("top", "base"), plugin("base")));
            assertThat(plugins.enabled()).containsExactly("base", "top");
            plugins.stop();
            assertThat(seen).containsExactly("enable base", "enable top", "disable top", "disable base");
        }

        @Test
        void leaves_no_listener() {
            start(loader("wasm", plugin("a"))).stop();
            assertThat(events.fire(new ProxyInitializeEvent()).toCompletableFuture())
                    .isDone();
            assertThat(seen).doesNotContain("event a");
        }

        @Test
        void skips_what_is_switched_off_and_what_needs_it() {
            Plugins plugins = start(loader("wasm", plugin("off"), plugin("user", "off"), plugin("other")));
            assertThat(plugins.enabled()).containsExactly("other");
            assertThat(log.lines())
                    .contains(
                            "INFO plugin 'off' is switched off by [plugins.off] enabled = false",
                            "ERROR plugin 'user' requires 'off', which is not enabled (user.wasm)");
        }
    }

    @Nested
    class APluginThatIsOffByDefault {

        private final Recorder shy = new Recorder("shy", "shy.jar") {
            @Override
            public boolean isOnByDefault() {
                return false;
            }
        };

        private Plugins startWith(PluginSettings settings) {
            return Plugins.start(
                    List.of(loader("native", shy)),
                    GivenServices.of(events, new ProxyCommands(clock, (source, node) -> true), clock, id -> settings));
        }

        @Test
        void does_not_run_and_the_log_says_nothing() {
            Plugins plugins = startWith(PluginSettings.defaults());
            assertThat(plugins.enabled()).isEmpty();
            assertThat(plugins.list())
                    .extracting(PluginInfo::state)
                    .containsExactly(new PluginState.Disabled("off unless [plugins.shy] enabled = true"));
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void runs_when_the_operator_says_so() {
            assertThat(startWith(new PluginSettings(List.of(), List.of(), true, false))
                            .enabled())
                    .containsExactly("shy");
        }
    }

    @Nested
    class SettingsOfAPlugin {

        @Test
        void that_it_has_not_asked_for_are_named_when_it_is_enabled() {
            var settings = new PluginSettings(
                    List.of(), List.of(), Optional.empty(), false, Map.of("greeting", "hi", "greating", "ho"));
            var reader = new Recorder("reader", "reader.jar") {
                @Override
                public CompletionStage<?> onEnable(PluginContext context) {
                    seen.add(context.settings().text("greeting").orElse("none"));
                    return Plugin.done();
                }
            };
            Plugins.start(
                    List.of(loader("jar", reader)),
                    GivenServices.of(events, new ProxyCommands(clock, (source, node) -> true), clock, id -> settings));
            assertThat(seen).containsExactly("hi");
            assertThat(log.lines())
                    .contains("WARN `plugins.reader.greating` is set, and plugin 'reader' has not asked for it");
        }

        @Test
        void that_are_wrong_refuse_it_with_the_key() {
            var settings = new PluginSettings(List.of(), List.of(), Optional.empty(), false, Map.of("limit", "many"));
            var reader = new Recorder("reader", "reader.jar") {
                @Override
                public CompletionStage<?> onEnable(PluginContext context) {
                    seen.add(context.settings().integer("limit").toString());
                    return Plugin.done();
                }
            };
            Plugins.start(
                    List.of(loader("jar", reader)),
                    GivenServices.of(events, new ProxyCommands(clock, (source, node) -> true), clock, id -> settings));
            assertThat(log.lines())
                    .contains("ERROR plugin 'reader' was not enabled: `plugins.reader.limit` is \"many\"; expected is a"
                            + " whole number (reader.jar)");
        }
    }

    @Nested
    class ARefusedFile {

        @Test
        void is_one_line_and_the_others_start() {
            var discovery = new PluginLoader.Discovery(
                    List.of(plugin("good")),
                    List.of(new PluginLoader.Refusal("bad.wasm", "it is empty; copy it again")));
            Plugins plugins = start(new FixedLoader("wasm", discovery));
            assertThat(plugins.enabled()).containsExactly("good");
            assertThat(log.lines()).containsOnlyOnce("ERROR plugin bad.wasm refused: it is empty; copy it again");
        }
    }

    @Nested
    class OneIdTwice {

        @Test
        void in_one_loader_refuses_all_that_have_it() {
            Plugins plugins = start(loader(
                    "wasm", new Recorder("a", "one.wasm"), new Recorder("a", "two.wasm"), new Recorder("b", "b.wasm")));
            assertThat(plugins.enabled()).containsExactly("b");
            assertThat(log.lines())
                    .contains(
                            "ERROR plugin two.wasm refused: the plugin id 'a' is used by one.wasm and two.wasm, and none"
                                    + " of them is loaded; keep one of them");
        }

        @Test
        void in_two_loaders_leaves_it_to_the_first() {
            Plugins plugins =
                    start(loader("native", new Recorder("a", "module a")), loader("wasm", new Recorder("a", "a.wasm")));
            assertThat(plugins.list())
                    .singleElement()
                    .extracting(PluginInfo::origin)
                    .isEqualTo("module a");
            assertThat(log.lines())
                    .contains(
                            "ERROR plugin a.wasm refused: the plugin id 'a' is taken by module a; remove one of the two");
        }
    }

    @Nested
    class APluginThatCannotBeEnabled {

        @Test
        void costs_itself_its_dependants_and_its_registrations() {
            var broken = new Recorder("broken", "broken.wasm") {
                @Override
                public CompletionStage<?> onEnable(PluginContext context) throws Exception {
                    super.onEnable(context);
                    return CompletableFuture.failedStage(new PluginRefusedException("no config.txt; write one"));
                }
            };
            Plugins plugins = start(loader("wasm", broken, plugin("user", "broken"), plugin("other")));

            assertThat(plugins.enabled()).containsExactly("other");
            assertThat(log.lines())
                    .contains(
                            "ERROR plugin 'broken' was not enabled: no config.txt; write one (broken.wasm)",
                            "ERROR plugin 'user' requires 'broken', which is not enabled (user.wasm)");
            plugins.stop();
            assertThat(seen).doesNotContain("disable broken");
            assertThat(events.fire(new ProxyInitializeEvent()).toCompletableFuture())
                    .isDone();
        }

        @Test
        void may_throw_anything() {
            var broken = new Recorder("broken", "broken.wasm") {
                @Override
                public CompletionStage<?> onEnable(PluginContext context) {
                    throw new NoClassDefFoundError("missing/Thing");
                }
            };
            Plugins plugins = start(loader("native", broken, plugin("other")));
            assertThat(plugins.enabled()).containsExactly("other");
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("broken").contains("missing/Thing"));
        }

        @Test
        void is_given_up_at_the_deadline() throws Exception {
            var entered = new CountDownLatch(1);
            var stuck = new Recorder("stuck", "stuck.wasm") {
                @Override
                public CompletionStage<?> onEnable(PluginContext context) {
                    entered.countDown();
                    return new CompletableFuture<>();
                }
            };
            var started = CompletableFuture.supplyAsync(() -> start(loader("wasm", stuck, plugin("other"))));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(Duration.ofSeconds(30));

            assertThat(started.get(10, TimeUnit.SECONDS).enabled()).containsExactly("other");
            assertThat(log.lines())
                    .contains("ERROR plugin 'stuck' was not enabled: on-enable took longer than 30 s (stuck.wasm)");
        }
    }

    @Nested
    class NativePlugins {

        private <T extends Plugin> ServiceLoader.Provider<Plugin> provider(Class<T> type, Plugin plugin) {
            return new ServiceLoader.Provider<>() {
                @Override
                public Class<? extends Plugin> type() {
                    return type;
                }

                @Override
                public Plugin get() {
                    return plugin;
                }
            };
        }

        @Test
        void are_asked_who_they_are_and_one_that_cannot_say_costs_only_itself() {
            var bad = new Recorder("bad", "") {
                @Override
                public PluginMetadata metadata() {
                    throw new IllegalArgumentException("no idea");
                }
            };
            var loader = new NativePluginLoader(
                    List.of(provider(bad.getClass(), bad), provider(Recorder.class, plugin("good"))), clock);
            Plugins plugins = start(loader);
            assertThat(plugins.enabled()).containsExactly("good");
            assertThat(log.lines())
                    .anySatisfy(line ->
                            assertThat(line).contains("cannot say who it is").contains("no idea"));
        }

        @Test
        void are_looked_for_on_the_module_path() {
            assertThat(NativePluginLoader.onModulePath(clock).discover().refused())
                    .isEmpty();
        }
    }
}
