package infrarust.proxy.session;

import com.sun.net.httpserver.HttpServer;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.login.SessionServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A session server that answers what a test wants, over HTTP. */
public final class FakeSessionServer implements AutoCloseable {

    private final HttpServer http;
    private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
    private final AtomicLong clock = new AtomicLong();
    private volatile Function<String, Reply> answer = question -> new Reply(204, "");
    private volatile boolean stalls;

    /** A status and a body. */
    public record Reply(int status, String body) {}

    public FakeSessionServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.createContext("/session/minecraft/hasJoined", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            questions.add(query);
            Reply reply = answer.apply(query);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            if (stalls) {
                // A head that promises a body which never comes; the exchange stays open until the server stops.
                exchange.sendResponseHeaders(200, body.length + 1);
                exchange.getResponseBody().flush();
                return;
            }
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
    }

    public void answer(Function<String, Reply> next) {
        answer = next;
    }

    /** From now on the head of each answer comes and its body does not. */
    public void stall() {
        stalls = true;
    }

    /** The queries that have come in. */
    public BlockingQueue<String> questions() {
        return questions;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The clock of the rest after failures, in nanoseconds. */
    public AtomicLong clock() {
        return clock;
    }

    public OnlineLogin login(boolean sameAddress) {
        return login(sameAddress, SessionServer.ATTEMPT);
    }

    public OnlineLogin login(boolean sameAddress, Duration attempt) {
        return new OnlineLogin(
                new SessionServer(uri(), attempt, clock::get),
                sameAddress,
                work -> Thread.ofVirtual().start(work));
    }

    /** For tests in which nobody is verified. */
    public static OnlineLogin unused() {
        return new OnlineLogin(
                new SessionServer(URI.create("http://127.0.0.1:1"), SessionServer.ATTEMPT, () -> 0), false, work -> {
                    throw new AssertionError("nobody is to be verified here");
                });
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
