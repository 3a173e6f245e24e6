package infrarust.e2e.switcher;

import com.sun.net.httpserver.HttpServer;
import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.player.Player;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves players. Listens on the loopback port of the system property {@code e2e.switcher}:
 *
 * <ul>
 *   <li>{@code /connect/PLAYER/SERVER} answers what became of it
 *   <li>{@code /where/PLAYER} answers the server that the player is on
 *   <li>{@code /redirect/FROM/TO} sends players whom the first server does not keep or take to the second from now on
 * </ul>
 */
public final class Switcher implements Plugin {

    private final Map<String, String> redirects = new ConcurrentHashMap<>();

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("switcher", "Switcher", "1.0.0");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws IOException {
        int port = Integer.getInteger("e2e.switcher");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        http.createContext("/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            byte[] answer = answer(context, path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
        context.events().subscribe(KickedFromServerEvent.class, event -> {
            String to = redirects.get(event.server());
            if (to != null) {
                event.setResult(new KickedFromServerEvent.Result.Redirect(to));
            }
        });
        return Plugin.done();
    }

    private String answer(PluginContext context, String[] path) {
        if (path[0].equals("redirect")) {
            redirects.put(path[1], path[2]);
            return "ok";
        }
        Player player = context.players().byName(path[1]).orElse(null);
        if (player == null) {
            return "nobody";
        }
        return path[0].equals("connect")
                ? player.connect(path[2]).toCompletableFuture().join().toString()
                : player.currentServer().orElse("nowhere");
    }
}
