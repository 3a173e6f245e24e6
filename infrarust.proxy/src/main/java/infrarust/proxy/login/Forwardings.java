package infrarust.proxy.login;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each server is told who a player is, and the one place where the log says that a server does not take it. One object
 * for the whole proxy; any thread.
 */
public final class Forwardings {

    private static final Logger LOG = LoggerFactory.getLogger(Forwardings.class);

    /** A fault is said again after so long; players who try in between add to nobody's log. */
    static final Duration QUIET = Duration.ofMinutes(5);

    private volatile Optional<ForwardingSecret> secret;
    private final LongSupplier nanoTime;
    /** When each was said last; as many as there are servers, times the faults. */
    private final Map<Complaint, Long> said = new ConcurrentHashMap<>();

    private record Complaint(String server, ForwardingFault fault) {}

    /**
     * @param secret needed when a server's mode uses one
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Forwardings(Optional<ForwardingSecret> secret, LongSupplier nanoTime) {
        this.secret = secret;
        this.nanoTime = nanoTime;
    }

    /** Servers are told with that secret from now on. */
    public void secret(ForwardingSecret replacement) {
        secret = Optional.of(replacement);
    }

    /** The secret that servers are told with, if there is one. */
    public Optional<ForwardingSecret> secret() {
        return secret;
    }

    /** How that server is told. */
    public IdentityForwarding of(ProxySnapshot snapshot, ServerConfig server) {
        return IdentityForwarding.of(snapshot.forwarding(server), secret);
    }

    /** Writes a warning, unless the same has been said about the server in the last minutes. */
    public void report(ServerConfig server, ForwardingFault fault) {
        var complaint = new Complaint(server.id(), fault);
        long now = nanoTime.getAsLong();
        Long last = said.get(complaint);
        if (last != null && now - last < QUIET.toNanos()) {
            return;
        }
        // Of several threads, one writes it.
        if (last == null ? said.putIfAbsent(complaint, now) == null : said.replace(complaint, last, now)) {
            LOG.warn("The server {} {}: {}", server.id(), fault.cause(), remedy(fault));
        }
    }

    private String remedy(ForwardingFault fault) {
        return secret.filter(known -> fault == ForwardingFault.SECRET_REFUSED)
                .map(known -> fault.remedy() + "; the proxy's has the fingerprint " + known.fingerprint())
                .orElseGet(fault::remedy);
    }
}
