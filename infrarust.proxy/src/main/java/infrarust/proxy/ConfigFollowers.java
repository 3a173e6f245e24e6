package infrarust.proxy;

import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.gate.Admission;
import infrarust.proxy.live.Follower;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.net.Network;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.status.Motds;
import infrarust.proxy.status.Pings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the proxy keeps something of the configuration, and how it goes over to another one. */
final class ConfigFollowers {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFollowers.class);

    private ConfigFollowers() {}

    private static boolean serves(ProxySnapshot snapshot, ProxyMode mode) {
        return snapshot.servers().stream().anyMatch(server -> server.proxyMode() == mode);
    }

    private static Follower onChange(Follower follower) {
        return (next, diff) -> diff.isEmpty() ? () -> {} : follower.prepare(next, diff);
    }

    static Follower of(Admission admission) {
        return onChange((next, diff) -> () -> admission.configure(next.config()));
    }

    static Follower of(PlayerPermissions permissions) {
        return onChange((next, diff) -> () -> permissions.settings(next.config().permissions()));
    }

    /** Makes ready what the first server of a mode needs; called for the start, and again with each change. */
    static Follower modes(Network network, OnlineLogin online) {
        var zeroCopy = new AtomicBoolean();
        return (next, diff) -> () -> {
            if (serves(next, ProxyMode.ZERO_COPY) && zeroCopy.compareAndSet(false, true)) {
                network.prepareZeroCopy();
            }
            if (serves(next, ProxyMode.CLIENT_ONLY)) {
                var _ = online.keys(); // so that the first player need not wait for them
            }
        };
    }

    /** Favicons are read with every change; what is wrong with one is said once. */
    static Follower of(Pings pings, Path workingDirectory, IntSupplier online) {
        Set<String> said = new HashSet<>();
        return onChange((ProxySnapshot next, ConfigDiff diff) -> {
            Motds motds = Motds.read(next, workingDirectory, online, problem -> {
                if (said.add(problem)) {
                    LOG.warn(problem);
                }
            });
            return () -> pings.configure(next.config().statusCache(), motds);
        });
    }
}
