package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.command.Suggestion;
import infrarust.api.event.ChatMessageEvent;
import infrarust.api.player.Delivery;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real component that has commands, a task and a say in chat. */
@Timeout(120)
class ConciergeTest {

    private static final Path CONCIERGE = Path.of("..", "guest", "plugins", "concierge", "concierge.wasm");

    @TempDir
    private static Path cacheDir;

    @TempDir
    private Path pluginsDir;

    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(20));
    private final OnlinePlayers players = new OnlinePlayers();
    private final ProxyCommands commands = new ProxyCommands(clock, (source, node) -> true);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final FakePlayer ada = new FakePlayer(1, "Ada") {
        @Override
        public Delivery sendMessage(Component message) {
            heard.add(PlainTextComponentSerializer.plainText().serialize(message));
            return super.sendMessage(message);
        }
    };
    private final LogLines log = LogLines.of("plugin.concierge");
    private Plugins plugins;

    private void start(String... permissions) throws IOException {
        Files.copy(CONCIERGE, pluginsDir.resolve("concierge.wasm"));
        Files.createDirectory(pluginsDir.resolve("concierge"));
        Files.writeString(pluginsDir.resolve(Path.of("concierge", "words.txt")), "Fudge\n");
        ProxyConfig config = ProxyConfig.builder()
                .pluginsDir(pluginsDir)
                .wasm(WasmSettings.defaults().cacheDir(cacheDir))
                .plugins(Map.of("concierge", new PluginSettings(List.of(permissions), List.of(), true, false)))
                .build();
        plugins = Plugins.start(
                List.of(new WasmPluginLoader(config, List.of(new Contract023()), List.of(), clock)),
                GivenServices.of(events, players, commands, clock, pluginsDir, config::plugin));
        ada.moveTo("lobby");
        players.register(ada);
    }

    @AfterEach
    void stop() {
        plugins.stop();
        clock.close();
        log.close();
    }

    private String answerTo(String line) throws Exception {
        commands.run(commands.sourceOf(ada), TypedCommand.of(line), new CommandLane());
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void answers_to_its_commands_by_every_name() throws Exception {
        start();
        assertThat(answerTo("where")).isEqualTo("Ada is on lobby.");
        assertThat(answerTo("WhereIs Bob")).isEqualTo("No such player is here.");
        assertThat(answerTo("concierge:where ada")).isEqualTo("Ada is on lobby.");
    }

    @Test
    void completes_names() throws Exception {
        start();
        players.register(new FakePlayer(2, "Bob"));
        assertThat(commands.suggest(commands.sourceOf(ada), TypedCommand.of("where b"), new CommandLane())
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .extracting(Suggestion::text)
                .containsExactly("Bob");
    }

    @Test
    void keeps_back_what_is_said_with_a_word_of_its_list() throws Exception {
        start();
        assertThat(said("oh FUDGE")).isInstanceOf(ChatMessageEvent.Result.Deny.class);
        assertThat(said("oh dear")).isInstanceOf(ChatMessageEvent.Result.Allow.class);
    }

    private ChatMessageEvent.Result said(String message) throws Exception {
        return events.fire(new ChatMessageEvent(ada, message, false))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .result();
    }

    @Test
    void bans_only_when_it_was_granted() throws Exception {
        start();
        assertThat(answerTo("exile Bob")).isEqualTo("Bob stays: missing capability: ban");
    }

    @Test
    void hears_why_a_ban_cannot_be() throws Exception {
        start("ban");
        assertThat(answerTo("exile Bob 2")).startsWith("Bob stays: bans are switched off");
    }

    @Test
    void its_task_runs() throws Exception {
        start();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (log.lines().stream().noneMatch(line -> line.contains("awake: ")) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(log.lines()).anyMatch(line -> line.contains("0 of them started and stopped by the proxy"));
    }

    @Test
    void its_commands_go_with_it() throws Exception {
        start();
        assertThat(commands.has(TypedCommand.of("where"))).isTrue();
        plugins.disable("concierge", false);
        assertThat(commands.has(TypedCommand.of("where"))).isFalse();
        assertThat(said("oh fudge")).isInstanceOf(ChatMessageEvent.Result.Allow.class);
    }
}
