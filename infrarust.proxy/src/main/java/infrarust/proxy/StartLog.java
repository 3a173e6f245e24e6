package infrarust.proxy;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.plugin.Plugins;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of a proxy that has just started. */
final class StartLog {

    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

    private StartLog() {}

    static void describe(ProxySnapshot snapshot, Plugins plugins) {
        LOG.info("Plugins: {}", plugins.enabled().isEmpty() ? "none" : String.join(", ", plugins.enabled()));
        if (snapshot.servers().isEmpty()) {
            LOG.warn(
                    "No server is configured: put a file like {} there, with domains and addresses",
                    snapshot.config().serversDir().resolve("lobby.toml"));
        } else if (snapshot.servers().stream().allMatch(server -> server.leadsIntoLimbo())) {
            LOG.info(
                    "No configuration: every player walks into the lobby; add {} for a server",
                    snapshot.config().serversDir().resolve("lobby.toml"));
        } else {
            LOG.info(
                    "Servers: {}",
                    snapshot.servers().stream().map(StartLog::described).collect(Collectors.joining(", ")));
        }
    }

    private static String described(ServerConfig server) {
        int addresses = server.backends().size();
        return server.id() + " (" + server.proxyMode().key()
                + (addresses > 1
                        ? ", " + addresses + " addresses, "
                                + server.balancing().balance().key()
                        : "")
                + ")";
    }
}
