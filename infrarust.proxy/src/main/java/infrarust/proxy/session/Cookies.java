package infrarust.proxy.session;

import infrarust.api.player.CookieResult;
import infrarust.api.player.Delivery;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.CookieRequest;
import infrarust.proxy.protocol.packet.CookieResponse;
import infrarust.proxy.protocol.packet.StoreCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

/**
 * What a client keeps for plugins. Several questions for one key are one to the client, and its next answer for that key is theirs; a
 * server that asks for the same key at that time gets the other of the two answers. Belongs to the client's loop, unless a method says
 * otherwise.
 */
final class Cookies {

    /** How long a client may take to answer. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Pattern KEY = Pattern.compile("([a-z0-9_.-]+:)?[a-z0-9_./-]+");
    private static final int MAX_KEY = 256;
    /** Beyond, a client that never answers would make plugins hold ever more questions. */
    private static final int MOST_KEYS = 64;

    private final Session session;
    private final PacketIds ids;
    private final Map<String, List<CompletableFuture<CookieResult>>> asked = new HashMap<>(0);

    Cookies(Session session) {
        this.session = session;
        this.ids = session.ids();
    }

    /** Any thread. */
    Delivery store(String name, byte[] content) {
        String key = key(name);
        if (content.length > StoreCookie.MAX_CONTENT) {
            throw new IllegalArgumentException(
                    "a cookie has at most " + StoreCookie.MAX_CONTENT + " bytes, this one " + content.length);
        }
        if (!ids.has(PacketType.CLIENTBOUND_PLAY_STORE_COOKIE)) {
            return Delivery.REFUSED;
        }
        StoreCookie packet = new StoreCookie(key, content.clone());
        return session.chat()
                .deliverInAnyState(
                        content.length,
                        link -> link.send(isConfiguring() ? StoreCookie.CONFIGURATION : StoreCookie.PLAY, ids, packet));
    }

    /** Any thread. */
    CompletableFuture<CookieResult> request(String name) {
        String key = key(name);
        CompletableFuture<CookieResult> result = new CompletableFuture<>();
        if (!ids.has(PacketType.CLIENTBOUND_PLAY_COOKIE_REQUEST)) {
            result.complete(new CookieResult.NotAsked(Delivery.REFUSED));
            return result;
        }
        Delivery accepted = session.chat().accepts();
        if (accepted != Delivery.ACCEPTED) {
            result.complete(new CookieResult.NotAsked(accepted));
            return result;
        }
        try {
            session.client().eventLoop().execute(() -> ask(key, result));
        } catch (RejectedExecutionException stopping) {
            result.complete(new CookieResult.NotAsked(Delivery.DISCONNECTED));
        }
        return result;
    }

    private void ask(String key, CompletableFuture<CookieResult> result) {
        if (session.isOver()) {
            result.complete(new CookieResult.NotAsked(Delivery.DISCONNECTED));
            return;
        }
        List<CompletableFuture<CookieResult>> waiting = asked.get(key);
        if (waiting == null && asked.size() >= MOST_KEYS) {
            result.complete(new CookieResult.NotAsked(Delivery.REFUSED));
            return;
        }
        Deadline deadline =
                session.client().deadlines().arm(ANSWER, () -> result.complete(new CookieResult.Unanswered()));
        var _ = result.thenRun(() -> session.client().eventLoop().execute(deadline::disarm));
        if (waiting != null) {
            waiting.add(result);
            return;
        }
        List<CompletableFuture<CookieResult>> first = new ArrayList<>();
        first.add(result);
        asked.put(key, first);
        Delivery sent = session.chat()
                .deliverInAnyState(
                        0,
                        link -> link.send(
                                isConfiguring() ? CookieRequest.CONFIGURATION : CookieRequest.PLAY,
                                ids,
                                new CookieRequest(key)));
        if (sent != Delivery.ACCEPTED) {
            asked.remove(key);
            result.complete(new CookieResult.NotAsked(sent));
        }
    }

    private boolean isConfiguring() {
        return session.clientbound() == ConnectionState.CONFIGURATION;
    }

    /** The client has answered. Says whether that was to a question of ours. */
    boolean isOurs(CookieResponse response) {
        List<CompletableFuture<CookieResult>> waiting = asked.remove(response.key());
        if (waiting == null) {
            return false;
        }
        CookieResult result =
                response.content().<CookieResult>map(CookieResult.Found::new).orElseGet(CookieResult.Missing::new);
        waiting.forEach(each -> each.complete(result));
        return true;
    }

    /** The client is gone. */
    void close() {
        List<CompletableFuture<CookieResult>> left = new ArrayList<>();
        asked.values().forEach(left::addAll);
        asked.clear();
        left.forEach(each -> each.complete(new CookieResult.Unanswered()));
    }

    private static String key(String name) {
        if (name.length() > MAX_KEY || !KEY.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no key of a cookie: expected is namespace:path of at" + " most " + MAX_KEY
                            + " characters, of a-z, 0-9, and _ . - /");
        }
        return name.indexOf(':') < 0 ? "minecraft:" + name : name;
    }
}
