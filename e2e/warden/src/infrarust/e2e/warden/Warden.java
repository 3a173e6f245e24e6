package infrarust.e2e.warden;

import com.sun.net.httpserver.HttpServer;
import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.ban.Ban;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.Page;
import infrarust.api.event.BanIssuedEvent;
import infrarust.api.event.BanRevokedEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Bans. Listens on the loopback port of the system property {@code e2e.warden}:
 *
 * <ul>
 *   <li>{@code /ban?TYPE?VALUE?SECONDS?REASON} answers once the ban is kept; 0 seconds are for ever
 *   <li>{@code /unban?TYPE?VALUE} answers once it cannot come back
 *   <li>{@code /list} answers every ban, one a line: type, value, reason
 *   <li>{@code /heard} answers the events of bans so far
 *   <li>{@code /may?PLAYER?NODE} answers what is said about a permission
 * </ul>
 */
public final class Warden implements Plugin {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("warden", "Warden", "1.0.0");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws IOException {
        context.events().subscribe(BanIssuedEvent.class, event -> heard.add("issued " + event.ban().target()));
        context.events().subscribe(BanRevokedEvent.class, event -> heard.add("revoked " + event.ban().target()));
        int port = Integer.getInteger("e2e.warden");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        http.createContext("/", exchange -> {
            byte[] answer;
            int code = 200;
            try {
                String query = exchange.getRequestURI().getQuery();
                String[] words = query == null ? new String[0] : query.split("\\?", -1);
                answer = answer(context, exchange.getRequestURI().getPath(), words).getBytes(StandardCharsets.UTF_8);
            } catch (RuntimeException e) {
                code = 500;
                answer = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
        return Plugin.done();
    }

    private String answer(PluginContext context, String path, String[] words) {
        return switch (path) {
            case "/ban" -> ban(context, words);
            case "/unban" ->
                join(context.bans().unban(BanTarget.of(words[0], words[1])))
                        .map(ban -> "lifted " + ban.id())
                        .orElse("nothing");
            case "/list" -> list(context);
            case "/heard" -> String.join("\n", heard);
            case "/may" ->
                context.players()
                        .byName(words[0])
                        .map(player -> player.permissionValue(words[1]).toString())
                        .orElse("nobody");
            default -> throw new IllegalArgumentException("there is nothing at " + path);
        };
    }

    private static String ban(PluginContext context, String[] words) {
        BanRequest request = BanRequest.of(BanTarget.of(words[0], words[1]));
        long seconds = Long.parseLong(words[2]);
        if (seconds > 0) {
            request = request.withDuration(Duration.ofSeconds(seconds));
        }
        return "kept " + join(context.bans().ban(request.withReason(words[3]))).id();
    }

    private static String list(PluginContext context) {
        StringBuilder all = new StringBuilder();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Ban> page = join(context.bans().list(cursor, Page.MOST));
            for (Ban ban : page.entries()) {
                all.append(ban.target().type())
                        .append(' ')
                        .append(ban.target().value())
                        .append(' ')
                        .append(ban.reason().orElse(""))
                        .append('\n');
            }
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return all.toString();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
