package infrarust.proxy.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys that say where a server is, how its addresses are balanced and how their health is watched. */
final class BackendKeys {

    private static final String ADDRESS = "an address like \"10.0.0.5:25565\"";
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final String WITHOUT_EFFECT = "has no effect with balance = \"first_available\", which fills the "
            + "first healthy address; use \"round_robin\" or \"least_conn\"";

    private BackendKeys() {}

    static List<Backend> backends(Table root) {
        List<Backend> backends = new ArrayList<>();
        List<JsonNode> elements = root.elements("addresses");
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof ObjectNode node) {
                weighted(root.element("addresses", i, node)).ifPresent(backends::add);
            } else {
                root.parsedElement("addresses", i, ADDRESS, BackendKeys::address)
                        .map(Backend::of)
                        .ifPresent(backends::add);
            }
        }
        if (root.lacksElements("addresses")) {
            root.problem("addresses", "is missing or empty; a server needs at least one, like [\"10.0.0.5:25565\"]");
        }
        return backends;
    }

    private static Optional<Backend> weighted(Table element) {
        int weight = element.integer("weight", 0, Integer.MAX_VALUE, 1);
        if (weight == 0) {
            element.warning("weight", "is 0, which counts as 1; leave the address out to give it no players");
        }
        if (!element.has("address")) {
            element.problem("address", "is missing");
        }
        return element.parsed("address", ADDRESS, BackendKeys::address)
                .map(address -> new Backend(address, Math.max(1, weight)));
    }

    static Address address(String text) {
        Address address = Address.parse(text);
        if (address.port() == 0) {
            throw new IllegalArgumentException("nobody can listen on port 0");
        }
        return address;
    }

    static Balancing balancing(Table root, List<Backend> backends) {
        Balancing defaults = Balancing.defaults();
        Balance balance = root.choice(
                "balance", ProxyFile.spellings(Balance.values(), Balance::key), Set.of(), defaults.balance());
        Optional<Duration> slowStart = root.has("slow_start")
                ? Optional.of(root.duration("slow_start", MILLISECOND, MILLISECOND))
                : Optional.empty();
        double aggression = root.decimal(
                "slow_start_aggression", Balancing::isAggression, "a number above 0", defaults.slowStartAggression());
        if (balance == Balance.FIRST_AVAILABLE) {
            if (slowStart.isPresent()) {
                root.warning("slow_start", WITHOUT_EFFECT);
            }
            if (backends.stream().anyMatch(backend -> backend.weight() != 1)) {
                root.warning("addresses", "gives weights; a weight " + WITHOUT_EFFECT);
            }
        }
        return new Balancing(balance, slowStart, aggression);
    }

    /** The health table of the proxy. */
    static ActiveHealth health(Table root) {
        return health(root.table("active_health"), ActiveHealth.defaults().maxConcurrent());
    }

    /** The health table of a server, or the proxy's. */
    static ActiveHealth health(Table root, ActiveHealth ofProxy) {
        if (!root.has("active_health")) {
            return ofProxy;
        }
        Table table = root.table("active_health");
        if (table.has("max_concurrent")) {
            table.warning("max_concurrent", "has no effect for one server; the proxy's own is for all of them");
        }
        return health(table, ofProxy.maxConcurrent());
    }

    private static ActiveHealth health(Table table, int maxConcurrent) {
        ActiveHealth defaults = ActiveHealth.defaults();
        return new ActiveHealth(
                table.flag("enabled", defaults.enabled()),
                table.choice(
                        "kind",
                        ProxyFile.spellings(ActiveHealth.Kind.values(), ActiveHealth.Kind::key),
                        Set.of(),
                        defaults.kind()),
                table.duration("unhealthy_interval", MILLISECOND, defaults.unhealthyInterval()),
                table.duration("interval", MILLISECOND, defaults.interval()),
                table.duration("timeout", MILLISECOND, defaults.timeout()),
                table.flag("probe_healthy", defaults.probeHealthy()),
                table.integer("max_concurrent", 1, 1024, maxConcurrent));
    }
}
