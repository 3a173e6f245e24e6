package infrarust.proxy.login;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import infrarust.api.player.GameProfile;
import infrarust.api.player.ProfileProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the session server whether a player has joined ({@code hasJoined}), as Mojang's is asked and every Yggdrasil server can
 * be. Waits for the answer, a bounded time: called by threads that may wait, never by an event loop.
 *
 * <p>When it fails several times in a row it is left alone for a while, and logins are told at once.
 */
public final class SessionServer implements AutoCloseable {

    /** How long one question may take, from the connection to the last byte of the answer; it is asked twice. */
    public static final Duration ATTEMPT = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 2;
    private static final int FAILURES_BEFORE_REST = 5;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int MAX_WAITING = 256;
    private static final int MAX_BODY = 64 << 10;

    private final URI base;
    private final Duration attempt;
    private final LongSupplier nanoTime;
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private @Nullable HttpClient client;
    private int failures;
    private long restsUntil;

    /**
     * @param base the server's address, to which {@code /session/minecraft/hasJoined} is appended
     * @param attempt as {@link #ATTEMPT}
     * @param nanoTime the clock of the rest after failures
     */
    public SessionServer(URI base, Duration attempt, LongSupplier nanoTime) {
        this.base = base;
        this.attempt = attempt;
        this.nanoTime = nanoTime;
    }

    /** Made at the first login: a proxy that never asks pays nothing. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(attempt)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
            client = made;
        }
        return made;
    }

    /** What it said. */
    public sealed interface Answer {

        /** The account is who it says. */
        record Joined(GameProfile profile) implements Answer {}

        /** The account has not joined, or from another address. */
        record NotJoined() implements Answer {}

        /**
         * Nobody knows.
         *
         * @param why for the log
         */
        record Unreachable(String why) implements Answer {}
    }

    /**
     * Asks.
     *
     * @param hash {@link ServerKeys#serverHash}
     * @param from the player's address, when it has to be the one from which the client spoke to the session server
     */
    public Answer hasJoined(String name, String hash, Optional<InetAddress> from) {
        if (isResting()) {
            return new Answer.Unreachable("it has failed " + FAILURES_BEFORE_REST + " times in a row");
        }
        if (!room.tryAcquire()) {
            return new Answer.Unreachable(MAX_WAITING + " logins wait for it already");
        }
        try {
            String why = "";
            for (int asked = 0; asked < ATTEMPTS; asked++) {
                try {
                    Answer answer = ask(name, hash, from);
                    if (!(answer instanceof Answer.Unreachable(String reason))) {
                        succeeded();
                        return answer;
                    }
                    why = reason;
                } catch (IOException e) {
                    why = String.valueOf(e.getMessage());
                }
            }
            failed();
            return new Answer.Unreachable(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable("the proxy stops");
        } finally {
            room.release();
        }
    }

    private Answer ask(String name, String hash, Optional<InetAddress> from) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder(base.toString())
                .append("/session/minecraft/hasJoined?username=")
                .append(encoded(name))
                .append("&serverId=")
                .append(encoded(hash));
        from.ifPresent(address -> query.append("&ip=").append(encoded(address.getHostAddress())));
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(query.toString())).build());
        return switch (response.statusCode()) {
            case 200 ->
                profile(response.body())
                        .<Answer>map(Answer.Joined::new)
                        .orElseGet(() -> new Answer.Unreachable("its answer is no profile"));
            case 204, 403 -> new Answer.NotJoined();
            default -> new Answer.Unreachable("it answered " + response.statusCode());
        };
    }

    /** The client's own time-out ends with the head of the answer; this one is over the whole of it. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        var sent = client().sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY));
        try {
            return sent.get(attempt.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + attempt.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            sent.cancel(true); // gives the connection up; after an answer it does nothing
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Optional<GameProfile> profile(String body) {
        try {
            JsonObject json = JsonParser.parseString(body).getAsJsonObject();
            String digits = json.get("id").getAsString().replace("-", "");
            UUID uuid = new UUID(
                    Long.parseUnsignedLong(digits.substring(0, 16), 16),
                    Long.parseUnsignedLong(digits.substring(16, 32), 16));
            List<ProfileProperty> properties = new ArrayList<>();
            JsonArray listed = json.has("properties") ? json.getAsJsonArray("properties") : new JsonArray();
            for (JsonElement element : listed) {
                JsonObject property = element.getAsJsonObject();
                properties.add(new ProfileProperty(
                        property.get("name").getAsString(),
                        property.get("value").getAsString(),
                        Optional.ofNullable(property.get("signature")).map(JsonElement::getAsString)));
            }
            return Optional.of(new GameProfile(uuid, json.get("name").getAsString(), properties));
        } catch (RuntimeException e) {
            return Optional.empty(); // Gson and what reads its values throw a dozen kinds; all mean the same here
        }
    }

    private synchronized boolean isResting() {
        return failures >= FAILURES_BEFORE_REST && nanoTime.getAsLong() - restsUntil < 0;
    }

    private synchronized void succeeded() {
        failures = 0;
    }

    private synchronized void failed() {
        failures = Math.min(failures + 1, FAILURES_BEFORE_REST);
        restsUntil = nanoTime.getAsLong() + REST.toNanos();
    }

    /** Gives the connections up; a question under way fails. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
