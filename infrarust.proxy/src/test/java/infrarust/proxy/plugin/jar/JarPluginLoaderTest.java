package infrarust.proxy.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.PluginInfo;
import infrarust.api.PluginState;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.config.PluginSettings;
import infrarust.proxy.event.AccessGuard;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.plugin.PluginServices;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are compiled from source, loaded as an operator would have them loaded. */
@Timeout(120)
class JarPluginLoaderTest {

    @TempDir
    private Path work;

    @TempDir
    private Path pluginsDir;

    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(20));
    private final OnlinePlayers players = new OnlinePlayers();
    private final ProxyCommands commands = new ProxyCommands(clock, (source, node) -> true);
    private final LogLines log = LogLines.of("infrarust.proxy.plugin");
    private final LogLines guardLog = LogLines.of(AccessGuard.class.getName());
    private final List<Plugins> started = new ArrayList<>();
    private final PluginServices services =
            GivenServices.of(events, players, commands, clock, Path.of("plugins"), id -> PluginSettings.defaults());

    @AfterEach
    void stop() {
        started.forEach(Plugins::stop);
        clock.close();
        log.close();
        guardLog.close();
    }

    private Plugins start() {
        Plugins plugins = Plugins.start(List.of(new JarPluginLoader(pluginsDir, clock)), services);
        started.add(plugins);
        return plugins;
    }

    private JarBuilder jar() {
        return JarBuilder.in(work);
    }

    /** A plugin class that offers a supplier of texts, which says what {@code says} evaluates to. */
    private static String source(String id, String says, String... dependencies) {
        String required = List.of(dependencies).stream()
                .map(one -> "infrarust.api.PluginDependency.required(\"" + one + "\")")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return """
                package test.ID;

                import infrarust.api.*;
                import java.util.*;
                import java.util.concurrent.CompletionStage;
                import java.util.function.Supplier;

                public final class Main implements Plugin {
                    public PluginMetadata metadata() {
                        return new PluginMetadata("ID", "ID", "1", List.of(), Optional.empty(), List.of(REQUIRED));
                    }
                    public CompletionStage<?> onEnable(PluginContext context) {
                        context.services().provide(Supplier.class, (Supplier<String>) () -> SAYS);
                        return Plugin.done();
                    }
                }
                """.replace("ID", id).replace("REQUIRED", required).replace("SAYS", says);
    }

    private static String descriptor(String id, String... lines) {
        return "module test." + id + " { requires infrarust.api; " + String.join(" ", lines)
                + " provides infrarust.api.Plugin with test." + id + ".Main; }";
    }

    private JarBuilder plain(String id, String says, String... dependencies) {
        return jar().source("test." + id + ".Main", source(id, says, dependencies))
                .provider("test." + id + ".Main");
    }

    private JarBuilder modular(String id, String says, String... dependencies) {
        return jar().source("module-info", descriptor(id))
                .source("test." + id + ".Main", source(id, says, dependencies));
    }

    private Path file(String name) {
        return pluginsDir.resolve(name);
    }

    /** What the plugins that offer a supplier say, in the order in which they were enabled. */
    private List<Object> said() {
        return services.offers().all(Supplier.class).stream()
                .<Object>map(one -> one.get())
                .toList();
    }

    @Nested
    class AJar {

        @Test
        void with_a_module_descriptor_is_a_plugin() throws Exception {
            modular("one", "Main.class.getModule().getName()").build(file("one.jar"));
            assertThat(start().enabled()).containsExactly("one");
            assertThat(said()).containsExactly("test.one");
        }

        @Test
        void without_one_is_a_plugin_too_whatever_its_file_is_called() throws Exception {
            plain("one", "\"hello\"").build(file("1-new plugin (2).jar"));
            assertThat(start().list())
                    .singleElement()
                    .isEqualTo(new PluginInfo(
                            services.list().byId("one").orElseThrow().metadata(),
                            "jar",
                            "1-new plugin (2).jar",
                            new PluginState.Enabled()));
            assertThat(said()).containsExactly("hello");
        }

        @Test
        void reads_its_own_resources() throws Exception {
            String says = "new String(Main.class.getResourceAsStream(\"/test/words.txt\").readAllBytes())";
            String wrapped = "{ try { return " + says + "; } catch (java.io.IOException e) { return e.toString(); } }";
            plain("one", wrapped).file("test/words.txt", "from the jar").build(file("one.jar"));
            start();
            assertThat(said()).containsExactly("from the jar");
        }

        @Test
        void is_called_with_its_own_class_loader_as_the_threads() throws Exception {
            String source = source("one", "loader")
                    .replace(
                            "context.services()",
                            "String loader = \"\" + (Thread.currentThread().getContextClassLoader()"
                                    + " == Main.class.getClassLoader()); context.services()");
            jar().source("test.one.Main", source).provider("test.one.Main").build(file("one.jar"));
            start();
            assertThat(said()).containsExactly("true");
        }

        @Test
        void may_bundle_what_another_one_and_the_proxy_bundle() throws Exception {
            for (String id : List.of("one", "two")) {
                plain(id, "com.google.gson.Gson.NAME + shared.Library.NAME")
                        .source(
                                "com.google.gson.Gson",
                                "package com.google.gson; public class Gson { public static final String NAME = String.valueOf(\"own \"); }")
                        .source(
                                "shared.Library",
                                "package shared; public class Library { public static final String NAME = String.valueOf(\""
                                        + id + "\"); }")
                        .build(file(id + ".jar"));
            }
            assertThat(start().enabled()).containsExactly("one", "two");
            assertThat(said()).containsExactly("own one", "own two");
        }

        @Test
        void reads_nothing_of_the_proxy() throws Exception {
            plain(
                            "one",
                            "\"\" + Main.class.getModule().canRead(ModuleLayer.boot().findModule(\"infrarust.proxy\").get())")
                    .build(file("one.jar"));
            start();
            assertThat(said()).containsExactly("false");
        }
    }

    @Nested
    class ADependency {

        @Test
        void of_a_jar_without_a_descriptor_is_seen() throws Exception {
            Path base = plain("base", "\"base\"")
                    .source(
                            "lib.Words",
                            "package lib; public class Words { public static String hello() { return \"hello\"; } }")
                    .build(file("z-base.jar"));
            plain("user", "lib.Words.hello()", "base").against(base).build(file("a-user.jar"));
            assertThat(start().enabled()).containsExactly("base", "user");
            assertThat(said()).containsExactly("base", "hello");
        }

        @Test
        void of_a_module_is_what_it_requires() throws Exception {
            Path base = jar().source("module-info", descriptor("base", "exports lib;"))
                    .source("test.base.Main", source("base", "\"base\""))
                    .source(
                            "lib.Words",
                            "package lib; public class Words { public static String hello() { return \"hello\"; } }")
                    .build(file("z-base.jar"));
            jar().source("module-info", descriptor("user", "requires test.base;"))
                    .source("test.user.Main", source("user", "lib.Words.hello()", "base"))
                    .against(base)
                    .build(file("a-user.jar"));
            assertThat(start().enabled()).containsExactly("base", "user");
            assertThat(said()).containsExactly("base", "hello");
        }

        @Test
        void that_is_not_named_is_not_seen() throws Exception {
            Path base = jar().source("module-info", descriptor("base", "exports lib;"))
                    .source("test.base.Main", source("base", "\"base\""))
                    .source("lib.Words", "package lib; public class Words {}")
                    .build(file("base.jar"));
            jar().source("module-info", descriptor("user", "requires test.base;"))
                    .source("test.user.Main", source("user", "\"\" + lib.Words.class"))
                    .against(base)
                    .build(file("user.jar"));
            assertThat(start().enabled()).containsExactly("base");
            assertThat(log.lines())
                    .contains(
                            "ERROR plugin 'user' was not enabled: its module test.user requires test.base, which is neither here"
                                    + " nor a plugin that it names among its dependencies (user.jar)");
        }
    }

    @Nested
    class ARefusedJar {

        private String refusal(String name) {
            start();
            assertThat(said()).containsExactly("good");
            return log.lines().stream()
                    .filter(line -> line.contains(name))
                    .reduce((one, other) -> one + "\n" + other)
                    .orElse("");
        }

        @Test
        void is_one_line_that_says_what_to_do() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            Files.writeString(file("empty.jar"), "");
            assertThat(refusal("empty.jar"))
                    .isEqualTo("ERROR plugin empty.jar refused: the file is empty; copy it again");
        }

        @Test
        void may_be_no_jar() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            Files.writeString(file("text.jar"), "this is a text");
            assertThat(refusal("text.jar"))
                    .startsWith("ERROR plugin text.jar refused: it is no jar, or was not copied whole")
                    .endsWith("copy it again")
                    .doesNotContain("\n");
        }

        @Test
        void may_be_half_of_one() throws Exception {
            Path good = plain("good", "\"good\"").build(file("good.jar"));
            byte[] whole = Files.readAllBytes(good);
            Files.write(file("half.jar"), Arrays.copyOf(whole, whole.length / 2));
            assertThat(refusal("half.jar")).contains("it is no jar, or was not copied whole");
        }

        @Test
        void may_have_no_plugin() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            jar().source("lib.Words", "package lib; public class Words {}").build(file("library.jar"));
            assertThat(refusal("library.jar"))
                    .isEqualTo("ERROR plugin library.jar refused: it has no plugin: a file"
                            + " META-INF/services/infrarust.api.Plugin in it has to name the class");
        }

        @Test
        void may_be_built_for_a_newer_java() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            Path newer = plain("newer", "\"x\"").build(work.resolve("newer.jar"));
            rewriteVersion(newer, file("newer.jar"));
            int here = Runtime.version().feature();
            assertThat(refusal("newer.jar"))
                    .isEqualTo("ERROR plugin newer.jar refused: it was built for Java " + (here + 1)
                            + ", and this proxy runs on Java " + here + "; build it with --release " + here);
        }

        @Test
        void may_bring_the_api_along() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            plain("fat", "\"x\"")
                    .source("infrarust.api.Extra", "package infrarust.api; public class Extra {}")
                    .build(file("fat.jar"));
            assertThat(refusal("fat.jar"))
                    .isEqualTo(
                            "ERROR plugin fat.jar refused: it contains the package infrarust.api, which infrarust.api has for it"
                                    + " already; leave it out of the jar");
        }

        @Test
        void may_require_a_module_that_is_not_there() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            Path elsewhere = jar().source("module-info", "module some.where { exports lib; }")
                    .source("lib.Words", "package lib; public class Words {}")
                    .build(work.resolve("elsewhere.jar"));
            jar().source("module-info", descriptor("lost", "requires some.where;"))
                    .source("test.lost.Main", source("lost", "\"x\""))
                    .against(elsewhere)
                    .build(file("lost.jar"));
            assertThat(refusal("lost.jar"))
                    .isEqualTo(
                            "ERROR plugin lost.jar refused: its module test.lost requires some.where, which is neither here"
                                    + " nor a plugin that it names among its dependencies");
        }

        @Test
        void may_lack_a_class() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            Path elsewhere = jar().source("lib.Base", "package lib; public abstract class Base {}")
                    .build(work.resolve("elsewhere.jar"));
            jar().source(
                            "test.lacks.Main",
                            source("lacks", "\"x\"").replace("Main implements", "Main extends lib.Base implements"))
                    .provider("test.lacks.Main")
                    .against(elsewhere)
                    .build(file("lacks.jar"));
            assertThat(refusal("lacks.jar"))
                    .isEqualTo(
                            "ERROR plugin lacks.jar refused: the class lib.Base is missing; put it into the jar, or name the"
                                    + " plugin that has it among the dependencies");
        }

        @Test
        void may_fail_to_say_who_it_is() throws Exception {
            plain("good", "\"good\"").build(file("good.jar"));
            jar().source("test.bad.Main", source("bad", "\"x\"").replace("\"bad\", \"bad\"", "\"Bad Id\", \"bad\""))
                    .provider("test.bad.Main")
                    .build(file("bad.jar"));
            assertThat(refusal("bad.jar")).contains("it cannot say who it is").contains("Bad Id");
        }

        /** The same classes, said to be of the next Java. */
        private void rewriteVersion(Path from, Path to) throws IOException {
            try (var in = new ZipInputStream(Files.newInputStream(from));
                    var out = new ZipOutputStream(Files.newOutputStream(to))) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    byte[] bytes = in.readAllBytes();
                    if (entry.getName().endsWith(".class")) {
                        bytes[7]++;
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(bytes);
                }
            }
        }
    }

    @Nested
    class AReload {

        @Test
        void runs_the_new_code_of_a_replaced_file() throws Exception {
            plain("one", "\"old\"").build(file("one.jar"));
            Plugins plugins = start();
            assertThat(said()).containsExactly("old");

            plain("one", "\"new\"").build(file("one.jar"));
            assertThat(plugins.reload("one", false))
                    .extracting(PluginInfo::isEnabled)
                    .containsExactly(true);

            assertThat(said()).containsExactly("new");
        }

        @Test
        void finds_a_file_that_has_another_name_now() throws Exception {
            Path old = plain("one", "\"old\"").build(file("one-1.0.jar"));
            Plugins plugins = start();

            plain("one", "\"new\"").build(file("one-1.1.jar"));
            Files.delete(old);
            plugins.reload("one", false);

            assertThat(said()).containsExactly("new");
            assertThat(plugins.list()).extracting(PluginInfo::origin).containsExactly("one-1.1.jar");
        }

        @Test
        void of_a_file_that_cannot_be_used_leaves_what_runs() throws Exception {
            plain("one", "\"old\"").build(file("one.jar"));
            Plugins plugins = start();
            Files.writeString(file("one.jar"), "half a jar");

            assertThatThrownBy(() -> plugins.reload("one", false))
                    .isInstanceOf(PluginRefusedException.class)
                    .hasMessageContaining("one.jar: it is no jar");

            assertThat(said()).containsExactly("old");
        }

        @Test
        void does_not_disturb_a_plugin_whose_file_is_replaced_or_deleted() throws Exception {
            String late = "shared.Late.hello()";
            Path one = plain("one", late)
                    .source(
                            "shared.Late",
                            "package shared; public class Late { public static String hello() { return \"from the copy\"; } }")
                    .build(file("one.jar"));
            start();
            Files.delete(one);
            assertThat(said()).as("a class that is loaded only now").containsExactly("from the copy");
        }

        @Test
        void is_refused_while_others_use_the_plugin_unless_they_are_asked_for_too() throws Exception {
            Path base = plain("base", "\"base\"")
                    .source(
                            "lib.Words",
                            "package lib; public class Words { public static String hello() { return \"old\"; } }")
                    .build(file("base.jar"));
            plain("user", "lib.Words.hello()", "base").against(base).build(file("user.jar"));
            plain("top", "\"top\"", "user").build(file("top.jar"));
            Plugins plugins = start();

            assertThatThrownBy(() -> plugins.reload("base", false))
                    .isInstanceOf(PluginRefusedException.class)
                    .hasMessage("plugin 'base' is used by user, top; add --with-dependants to include them");
            assertThatThrownBy(() -> plugins.disable("user", false))
                    .hasMessage("plugin 'user' is used by top; add --with-dependants to include it");

            plain("base", "\"base\"")
                    .source(
                            "lib.Words",
                            "package lib; public class Words { public static String hello() { return \"new\"; } }")
                    .build(file("base.jar"));
            plugins.reload("base", true);

            assertThat(said()).containsExactly("base", "new", "top");
            assertThat(plugins.enabled()).containsExactlyInAnyOrder("base", "user", "top");
        }
    }

    @Nested
    class Enabling {

        @Test
        void finds_a_file_that_was_not_there_at_the_start() throws Exception {
            Plugins plugins = start();
            assertThatThrownBy(() -> plugins.enable("one")).hasMessage("no plugin has the id 'one'");
            plain("one", "\"here\"").build(file("whatever.jar"));
            plugins.enable("one");
            assertThat(said()).containsExactly("here");
            assertThatThrownBy(() -> plugins.enable("one"))
                    .hasMessage("plugin 'one' runs already; to start it anew: plugin reload one");
        }

        @Test
        void goes_on_after_disabling() throws Exception {
            plain("one", "\"here\"").build(file("one.jar"));
            Plugins plugins = start();
            plugins.disable("one", false);
            assertThat(said()).isEmpty();
            assertThat(plugins.list())
                    .extracting(PluginInfo::state)
                    .containsExactly(new PluginState.Disabled("by an operator"));
            plugins.enable("one");
            assertThat(said()).containsExactly("here");
        }

        @Test
        void names_what_there_is() throws Exception {
            plain("one", "\"here\"").build(file("one.jar"));
            Plugins plugins = start();
            assertThatThrownBy(() -> plugins.disable("tow", false))
                    .hasMessage("there is no plugin 'tow'; there are one");
        }
    }

    @Nested
    class AnUnloadedPlugin {

        private static final String BUSY = """
                package test.busy;

                import infrarust.api.*;
                import infrarust.api.command.*;
                import infrarust.api.event.*;
                import infrarust.api.filter.*;
                import infrarust.api.player.Player;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.CompletionStage;
                import java.util.concurrent.ConcurrentHashMap;
                import java.util.function.Supplier;

                public final class Main implements Plugin {
                    private final Map<Long, Player> seen = new ConcurrentHashMap<>();
                    public record Mine(String text) implements Event {}
                    public PluginMetadata metadata() {
                        return new PluginMetadata("busy", "Busy", "1");
                    }
                    public CompletionStage<?> onEnable(PluginContext context) {
                        context.events().subscribe(PreLoginEvent.class, event -> {});
                        context.events().subscribe(PostLoginEvent.class, event -> {
                            seen.put(event.player().id(), event.player());
                            event.player().sendMessage(net.kyori.adventure.text.Component.text("hello"));
                        });
                        context.events().subscribe(Mine.class, event -> {});
                        context.messaging().register(infrarust.api.message.MessageChannel.of("busy:words"));
                        context.permissions().register(new infrarust.api.permission.PermissionNode(
                                "busy.use", infrarust.api.permission.PermissionDefault.TRUE, ""));
                        context.filters().codec(FilterSpec.of("busy:chat"), session -> Optional.empty());
                        context.filters().transport(FilterSpec.of("busy:door"), one -> TransportVerdict.accept());
                        context.commands().register(CommandSpec.of("busy"), invocation -> {
                            invocation.source().sendMessage(net.kyori.adventure.text.Component.text("yes"));
                            return Plugin.done();
                        });
                        context.scheduler().every(Duration.ofMillis(5), () -> seen.size());
                        context.scheduler().run(() -> Thread.sleep(Duration.ofHours(1)));
                        context.scheduler().after(Duration.ofHours(1), () -> seen.clear());
                        context.services().provide(Supplier.class, (Supplier<Object>) () -> Main.class.getClassLoader());
                        context.logger().info("here");
                        return Plugin.done();
                    }
                }
                """;

        /** The loader of what is enabled now, without a reference to it on this stack. */
        private WeakReference<Object> loader() {
            return new WeakReference<>(
                    services.offers().find(Supplier.class).orElseThrow().get());
        }

        private void isCollected(WeakReference<Object> loader) {
            for (int i = 0; i < 100 && loader.get() != null; i++) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            assertThat(loader.get())
                    .as("the class loader of the unloaded plugin")
                    .isNull();
        }

        private void use(FakePlayer player) throws Exception {
            events.fire(new PostLoginEvent(player)).toCompletableFuture().get(20, TimeUnit.SECONDS);
            commands.run(commands.sourceOf(player), TypedCommand.of("busy"), new CommandLane());
            for (int i = 0; i < 1000 && player.messages().size() < 2; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(player.messages()).hasSize(2);
        }

        @Test
        void leaves_no_class_behind_though_a_player_it_has_seen_is_still_there() throws Exception {
            jar().source("test.busy.Main", BUSY).provider("test.busy.Main").build(file("busy.jar"));
            Plugins plugins = start();
            var player = new FakePlayer(1, "Ada");
            players.register(player);
            use(player);
            WeakReference<Object> first = loader();

            plugins.reload("busy", false);
            isCollected(first);
            WeakReference<Object> second = loader();
            plugins.disable("busy", false);
            isCollected(second);

            assertThat(players.count()).isEqualTo(1);
            assertThat(events.isHeard(PreLoginEvent.class)).isFalse();
        }
    }

    @Nested
    class AnAccessCheck {

        private static final String GATE = """
                package test.gate;

                import infrarust.api.*;
                import infrarust.api.event.*;
                import java.util.concurrent.*;
                import java.util.function.Supplier;

                public final class Main implements Plugin {
                    public PluginMetadata metadata() {
                        return new PluginMetadata("gate", "Gate", "1");
                    }
                    public CompletionStage<?> onEnable(PluginContext context) throws Exception {
                        context.services().find(Callable.class).ifPresent(wait -> {
                            try {
                                wait.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
                        context.events().subscribe(PreLoginEvent.class, event -> {});
                        return Plugin.done();
                    }
                }
                """;

        private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
        private final CompletableFuture<Void> waits = new CompletableFuture<>();

        private PreLoginEvent.Result preLogin() throws Exception {
            var event = new PreLoginEvent(
                    new GameProfile(UUID.nameUUIDFromBytes("x".getBytes(StandardCharsets.UTF_8)), "Ada", List.of()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                    767,
                    "localhost");
            return events.fire(event)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS)
                    .result();
        }

        private Plugins startGate() throws IOException {
            jar().source("test.gate.Main", GATE).provider("test.gate.Main").build(file("gate.jar"));
            return start();
        }

        @Test
        void denies_while_it_is_reloaded_and_lets_in_afterwards() throws Exception {
            Plugins plugins = startGate();
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Allowed());
            var _ = services.offers().provide("test", Callable.class, () -> {
                waits.complete(null);
                return mayGoOn.join();
            });

            var reload = CompletableFuture.supplyAsync(() -> {
                try {
                    return plugins.reload("gate", false);
                } catch (PluginRefusedException e) {
                    throw new IllegalStateException(e);
                }
            });
            waits.get(20, TimeUnit.SECONDS);
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Denied(AccessGuard.AWAY));
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Denied(AccessGuard.AWAY));
            mayGoOn.complete(null);
            reload.get(20, TimeUnit.SECONDS);

            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Allowed());
            assertThat(guardLog.lines())
                    .containsExactly(
                            "WARN PreLoginEvent is denied until plugin 'gate', which listens to it, runs again");
        }

        @Test
        void goes_on_denying_when_it_could_not_be_started_again_until_an_operator_does_without_it() throws Exception {
            Plugins plugins = startGate();
            jar().source(
                            "test.gate.Main",
                            GATE.replace(
                                    "context.events()",
                                    "if (true) throw new IllegalStateException(\"no\"); context.events()"))
                    .provider("test.gate.Main")
                    .build(file("gate.jar"));
            assertThat(plugins.reload("gate", false))
                    .extracting(PluginInfo::isEnabled)
                    .containsExactly(false);
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Denied(AccessGuard.AWAY));

            plugins.disable("gate", false);
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Allowed());
        }

        @Test
        void does_not_deny_after_it_is_disabled() throws Exception {
            Plugins plugins = startGate();
            plugins.disable("gate", false);
            assertThat(preLogin()).isEqualTo(new PreLoginEvent.Result.Allowed());
            assertThat(events.fire(new ProxyInitializeEvent()).toCompletableFuture())
                    .isDone();
        }
    }
}
