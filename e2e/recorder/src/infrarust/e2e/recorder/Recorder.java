package infrarust.e2e.recorder;

import com.sun.net.httpserver.HttpServer;
import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.GameProfileRequestEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.LimboEnterEvent;
import infrarust.api.event.LimboExitEvent;
import infrarust.api.event.LoginEvent;
import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PlayerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyPingEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.Player;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.kyori.adventure.text.Component;

/**
 * Writes down events by player, where a player is known by its name, and before that by the first label of the host name that it
 * has dialled. Listens on the loopback port of the system property {@code e2e.recorder}:
 *
 * <ul>
 *   <li>{@code /heard/PLAYER} answers the player's events so far, one a line
 *   <li>{@code /deny/PLAYER/EVENT} makes the plugin say no at that event of that player
 *   <li>{@code /connect/PLAYER/SERVER} and {@code /kick/PLAYER} do that
 * </ul>
 */
public final class Recorder implements Plugin {

    private static final Component REASON = Component.text("denied by the recorder");

    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final Map<String, String> denials = new ConcurrentHashMap<>();

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("recorder", "Recorder", "1.0.0");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws IOException {
        subscribe(context.events());
        int port = Integer.getInteger("e2e.recorder");
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

    private String answer(PluginContext context, String[] path) {
        String player = path[1].toLowerCase(Locale.ROOT);
        switch (path[0]) {
            case "heard" -> {
                return String.join("\n", heard.getOrDefault(player, List.of()));
            }
            case "deny" -> {
                denials.put(player, path[2]);
                return "ok";
            }
            default -> {
                Optional<Player> online = context.players().byName(player);
                if (online.isEmpty()) {
                    return "nobody";
                }
                if (path[0].equals("kick")) {
                    online.get().disconnect(Component.text("kicked by the recorder"));
                    return "ok";
                }
                return online.get().connect(path[2]).toCompletableFuture().join().toString();
            }
        }
    }

    private void subscribe(EventBus bus) {
        note(bus, ConnectionHandshakeEvent.class, event -> label(event.target().host()), event -> {
            denies(label(event.target().host()), "handshake", () ->
                    event.setResult(new ConnectionHandshakeEvent.Result.Deny(REASON)));
            return "handshake " + event.intent();
        });
        note(
                bus,
                ConnectionRejectedEvent.class,
                event -> label(event.host().orElse("")),
                event -> "rejected " + event.reason());
        note(bus, ProxyPingEvent.class, event -> label(event.host().orElse("")), event -> {
            event.setResult(event.result()
                    .withDescription(Component.text("seen by the recorder"))
                    .withPlayers(event.result().onlinePlayers(), 4711));
            return "ping " + event.server().orElse("nowhere");
        });
        note(bus, PreLoginEvent.class, event -> event.profile().username(), event -> {
            denies(event.profile().username(), "pre-login", () -> event.deny(REASON));
            return "pre-login";
        });
        note(bus, OnlineAuthFailedEvent.class, OnlineAuthFailedEvent::username, event -> "online-auth-failed " + event.cause());
        note(bus, GameProfileRequestEvent.class, event -> event.original().username(), event -> {
            denies(event.original().username(), "game-profile-request", () ->
                    event.setResult(new GameProfileRequestEvent.Result.Denied(REASON)));
            return "game-profile-request " + event.isOnlineMode();
        });
        note(bus, LoginEvent.class, event -> {
            denies(event.player().profile().username(), "login", () -> event.deny(REASON));
            return "login";
        });
        note(bus, PostLoginEvent.class, event -> "post-login");
        note(bus, PlayerChooseInitialServerEvent.class, event -> {
            denies(event.player().profile().username(), "choose-initial-server", () ->
                    event.setResult(new PlayerChooseInitialServerEvent.Result.Denied(REASON)));
            return "choose-initial-server " + event.initialServer();
        });
        note(bus, ServerPreConnectEvent.class, event -> {
            denies(event.player().profile().username(), "server-pre-connect", () ->
                    event.setResult(new ServerPreConnectEvent.Result.Denied(REASON)));
            return "server-pre-connect " + event.server() + " " + event.cause();
        });
        note(bus, ServerConnectedEvent.class, event -> "server-connected " + event.server());
        note(bus, ServerPostConnectEvent.class, event -> "server-post-connect " + event.server());
        note(bus, KickedFromServerEvent.class, event -> "kicked-from-server " + event.server() + " " + event.cause());
        note(bus, LimboEnterEvent.class, event -> "limbo-enter");
        note(bus, LimboExitEvent.class, event -> "limbo-exit " + event.reason());
        note(bus, DisconnectEvent.class, event -> "disconnect " + event.cause());
    }

    private static String label(String host) {
        int end = host.indexOf('.');
        return end < 0 ? host : host.substring(0, end);
    }

    private void denies(String player, String event, Runnable denial) {
        if (event.equals(denials.get(player.toLowerCase(Locale.ROOT)))) {
            denial.run();
        }
    }

    private <E extends PlayerEvent> void note(EventBus bus, Class<E> type, Function<E, String> words) {
        note(bus, type, event -> event.player().profile().username(), words);
    }

    private <E extends Event> void note(
            EventBus bus, Class<E> type, Function<E, String> player, Function<E, String> words) {
        bus.subscribe(type, EventPriority.LAST, event -> heard.computeIfAbsent(
                        player.apply(event).toLowerCase(Locale.ROOT), name -> new CopyOnWriteArrayList<>())
                .add(words.apply(event)));
    }
}
