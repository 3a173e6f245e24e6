package infrarust.proxy.routing;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the host that a client asked for to a server. Built once for each snapshot of the configuration, immutable, any
 * thread may ask without a lock.
 *
 * <p>An exact domain wins over every wildcard. Among wildcards the most specific wins: more literal characters, then the
 * longer pattern, then the one declared first. A host longer than a host name can be goes nowhere.
 */
public final class DomainRouter {

    /** The longest host that the handshake can carry. */
    private static final int MAX_HOST = 255;

    private final ProxySnapshot snapshot;
    private final Map<String, ServerConfig> exact;
    private final Route[] wildcards;
    private final List<String> warnings;

    private record Route(Wildcard wildcard, ServerConfig server) {

        /** By hand: the JDK's composed comparators are made of lambdas that no start-up cache keeps. */
        static int mostSpecificFirst(Route one, Route other) {
            int byLiterals = Integer.compare(other.wildcard.literals(), one.wildcard.literals());
            return byLiterals != 0 ? byLiterals : Integer.compare(other.wildcard.length(), one.wildcard.length());
        }
    }

    private DomainRouter(ProxySnapshot snapshot) {
        this.snapshot = snapshot;
        Map<String, ServerConfig> byDomain = new HashMap<>();
        Map<String, ServerConfig> byPattern = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        for (ServerConfig server : snapshot.servers()) {
            for (String domain : server.domains()) {
                String name = HostName.normalize(domain);
                if (Wildcard.isWildcard(name)) {
                    var wildcard = new Wildcard(name);
                    ServerConfig first = byPattern.putIfAbsent(wildcard.toString(), server);
                    if (first == null) {
                        routes.add(new Route(wildcard, server));
                    } else if (!first.equals(server)) {
                        conflicts.add(conflict(domain, first, server, first));
                    }
                } else {
                    ServerConfig earlier = byDomain.put(name, server);
                    if (earlier != null && !earlier.equals(server)) {
                        conflicts.add(conflict(domain, earlier, server, server));
                    }
                }
            }
        }
        routes.sort(Route::mostSpecificFirst); // stable: declaration order decides the rest
        this.exact = Map.copyOf(byDomain);
        this.wildcards = routes.toArray(Route[]::new);
        this.warnings = List.copyOf(conflicts);
    }

    private static String conflict(String domain, ServerConfig first, ServerConfig second, ServerConfig winner) {
        return "the domain \"" + domain + "\" is claimed by the servers " + first.id() + " and " + second.id() + "; "
                + winner.id() + " gets it";
    }

    /** The routes of all servers of a snapshot. */
    public static DomainRouter of(ProxySnapshot snapshot) {
        return new DomainRouter(snapshot);
    }

    /**
     * The server for a host as the handshake carries it, markers, dots and case included; empty when no server claims it.
     */
    public Optional<ServerConfig> route(String host) {
        String name = HostName.normalize(host);
        if (name.length() > MAX_HOST) {
            return Optional.empty();
        }
        ServerConfig server = exact.get(name);
        if (server != null) {
            return Optional.of(server);
        }
        for (Route route : wildcards) {
            if (route.wildcard().matches(name)) {
                return Optional.of(route.server());
            }
        }
        return Optional.empty();
    }

    /**
     * Every rule that a host fits, the one that wins first; for operators. The rule is that of {@link #route}.
     *
     * @param host as for {@link #route}
     */
    public List<Rule> rules(String host) {
        String name = HostName.normalize(host);
        if (name.length() > MAX_HOST) {
            return List.of();
        }
        List<Rule> fitting = new ArrayList<>();
        ServerConfig server = exact.get(name);
        if (server != null) {
            fitting.add(new Rule(name, server));
        }
        for (Route route : wildcards) {
            if (route.wildcard().matches(name)) {
                fitting.add(new Rule(route.wildcard().toString(), route.server()));
            }
        }
        return fitting;
    }

    /**
     * A domain and whose it is.
     *
     * @param domain in lower case
     * @param server the server that gets who asks for it
     */
    public record Rule(String domain, ServerConfig server) {

        /** Whether it stands for more than one host. */
        public boolean isWildcard() {
            return Wildcard.isWildcard(domain);
        }
    }

    /** The configuration that these routes belong to. */
    public ProxySnapshot snapshot() {
        return snapshot;
    }

    /** Domains that more than one server claims, and who gets them; for the operator. */
    public List<String> warnings() {
        return warnings;
    }
}
