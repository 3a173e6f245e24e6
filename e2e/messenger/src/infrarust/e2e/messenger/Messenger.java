package infrarust.e2e.messenger;

import com.sun.net.httpserver.HttpServer;
import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.PlayerChannelRegisterEvent;
import infrarust.api.event.PlayerClientBrandEvent;
import infrarust.api.event.PlayerEvent;
import infrarust.api.event.PlayerResourcePackStatusEvent;
import infrarust.api.event.PlayerSettingsChangedEvent;
import infrarust.api.event.PluginMessageEvent;
import infrarust.api.event.PreTransferEvent;
import infrarust.api.message.MessageChannel;
import infrarust.api.player.ClientSettings;
import infrarust.api.player.CookieResult;
import infrarust.api.player.Player;
import infrarust.api.player.ResourcePack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.title.Title;

/**
 * Does to players what it is told to. Listens on the loopback port of the system property {@code e2e.messenger} for {@code
 * /PLAYER/ACTION/ARGUMENT...}, and answers what came of it.
 */
public final class Messenger implements Plugin {

    private static final MessageChannel CHANNEL = MessageChannel.of("e2e:plugin", "E2E|PLUGIN");
    private static final UUID PACK = new UUID(5, 6);

    private final Map<String, BossBar> bars = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> seen = new ConcurrentHashMap<>();

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("messenger", "Messenger", "1.0.0");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws IOException {
        listen(context);
        context.messaging().register(CHANNEL);
        int port = Integer.getInteger("e2e.messenger");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        http.createContext("/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            byte[] answer = answer(context, path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
        return Plugin.done();
    }

    private void listen(PluginContext context) {
        context.events().subscribe(PluginMessageEvent.class, event -> {
            String said = new String(event.data(), StandardCharsets.UTF_8);
            note(event, event.source() + " says " + said);
            switch (said) {
                case "swallow this" -> event.setResult(new PluginMessageEvent.Result.Handled());
                case "change this" ->
                    event.setResult(new PluginMessageEvent.Result.Replace("changed".getBytes(StandardCharsets.UTF_8)));
                default -> {}
            }
        });
        context.events().subscribe(PlayerClientBrandEvent.class, event -> note(event, "brand " + event.brand()));
        context.events().subscribe(PlayerSettingsChangedEvent.class, event -> note(event, "settings " + described(event.settings())));
        context.events().subscribe(PlayerChannelRegisterEvent.class, event -> note(event, "channels " + event.channels()));
        context.events().subscribe(
                PlayerResourcePackStatusEvent.class,
                event -> note(event, "pack " + event.status() + (event.fromPlugin() ? " of a plugin" : " of the server")));
        context.events().subscribe(PreTransferEvent.class, event -> {
            note(event, "transfer to " + event.host() + ":" + event.port());
            event.setResult(switch (event.host()) {
                case "forbidden" -> new PreTransferEvent.Result.Denied();
                case "elsewhere" -> new PreTransferEvent.Result.Redirect("redirected.e2e.test", 25570);
                default -> new PreTransferEvent.Result.Allowed();
            });
        });
    }

    private void note(PlayerEvent event, String what) {
        seen.computeIfAbsent(event.player().profile().username(), name -> new ConcurrentLinkedQueue<>()).add(what);
    }

    private static String described(ClientSettings settings) {
        return settings.locale() + " " + settings.viewDistance() + " " + settings.chatMode() + " " + settings.mainHand() + " "
                + settings.skinParts().size();
    }

    private String answer(PluginContext context, String[] path) {
        if (path[1].equals("seen")) {
            return String.join("\n", seen.getOrDefault(path[0], new ConcurrentLinkedQueue<>()));
        }
        Player player = context.players().byName(path[0]).orElse(null);
        if (player == null) {
            return "nobody";
        }
        return switch (path[1]) {
            case "message" -> player.sendMessage(text(path[2])).toString();
            case "action-bar" -> player.sendActionBar(text(path[2])).toString();
            case "title" ->
                player.showTitle(Title.title(
                                text(path[2]),
                                text(path[3]),
                                Title.Times.times(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1))))
                        .toString();
            case "clear-title" -> player.clearTitle().toString();
            case "reset-title" -> player.resetTitle().toString();
            case "bar" -> {
                BossBar bar = BossBar.bossBar(text(path[2]), 0.5f, BossBar.Color.GREEN, BossBar.Overlay.NOTCHED_10);
                bars.put(path[0], bar);
                yield player.showBossBar(bar).toString();
            }
            case "bar-progress" -> {
                bars.get(path[0]).progress(Float.parseFloat(path[2]));
                yield "ok";
            }
            case "bar-name" -> {
                bars.get(path[0]).name(text(path[2]));
                yield "ok";
            }
            case "bar-hide" -> player.hideBossBar(bars.get(path[0])).toString();
            case "header" -> player.sendPlayerListHeaderAndFooter(text(path[2]), text(path[3])).toString();
            case "pack" ->
                player.sendResourcePack(new ResourcePack(
                                PACK, "http://127.0.0.1:1/pack.zip", "ab".repeat(20), false, Optional.of(text(path[2]))))
                        .toString();
            case "pack-remove" -> player.removeResourcePack(PACK).toString();
            case "transfer" -> player.transfer(path[2], Integer.parseInt(path[3])).toString();
            case "store" -> player.storeCookie(path[2], path[3].getBytes(StandardCharsets.UTF_8)).toString();
            case "cookie" -> cookie(player, path[2]);
            case "tell" -> player.sendPluginMessage(CHANNEL, path[2].getBytes(StandardCharsets.UTF_8)).toString();
            case "tell-server" -> player.sendToServer(CHANNEL, path[2].getBytes(StandardCharsets.UTF_8)).toString();
            case "send" ->
                context.messaging()
                        .sendToServer(path[2], CHANNEL, path[3].getBytes(StandardCharsets.UTF_8))
                        .toString();
            case "connect" -> player.connect(path[2]).toCompletableFuture().join().toString();
            case "commands" -> player.refreshCommands().toString();
            case "about" ->
                player.clientBrand().orElse("?") + " " + player.settings().map(Messenger::described).orElse("?") + " "
                        + player.virtualHost().getHostString() + " " + (player.ping().isPresent() ? "answers" : "?");
            default -> "what?";
        };
    }

    private static String cookie(Player player, String key) {
        return switch (player.requestCookie(key).toCompletableFuture().join()) {
            case CookieResult.Found(byte[] content) -> "Found " + new String(content, StandardCharsets.UTF_8);
            case CookieResult.Missing() -> "Missing";
            case CookieResult.Unanswered() -> "Unanswered";
            case CookieResult.NotAsked(var why) -> "NotAsked " + why;
        };
    }

    private static Component text(String words) {
        return Component.text(words, NamedTextColor.RED);
    }
}
