package infrarust.proxy;

import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ShutdownSettings;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.service.OnlinePlayers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import net.kyori.adventure.text.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes leave of the players when the proxy stops: clients that can are sent to another proxy, the others read that it stops
 * and have the time that the configuration gives them, and whoever is still there then is disconnected with a text.
 */
final class GracefulStop {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    /** How long players may take to be gone once they have been sent away or elsewhere. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /** How long all plugins together may take to stop. */
    private static final Duration ALL_PLUGINS = Duration.ofSeconds(20);

    /** How often it is looked who is left; once in the life of the process, and the list of players needs no bell for it. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final OnlinePlayers players;
    private final Transfer transfer;
    private Duration leaveTime = DRAIN;

    /** Sends a client to another proxy. */
    @FunctionalInterface
    interface Transfer {

        /** Whether the client can be sent there, and is on its way. */
        boolean begin(Player player, Address peer);
    }

    GracefulStop(OnlinePlayers players, Transfer transfer) {
        this.players = players;
        this.transfer = transfer;
    }

    /** Sends a player there whose client can be sent: since 1.20.5, where the proxy speaks the protocol. */
    static boolean transfer(Player player, Address peer) {
        return player.transfer(peer.host(), peer.port()) == Delivery.ACCEPTED;
    }

    /** Changes how long players may take to be gone. */
    void leaveTime(Duration most) {
        leaveTime = most;
    }

    /**
     * Takes leave; returns when everybody has gone, or has had the time to.
     *
     * @param settings how
     * @param reason said behind the configured texts, if it is not empty
     */
    void takeLeave(ShutdownSettings settings, String reason) {
        players.close();
        List<Player> online = players.all();
        if (online.isEmpty()) {
            return;
        }
        Set<Player> sent = new HashSet<>();
        settings.transferTo()
                .ifPresent(peer -> online.stream()
                        .filter(player -> transfer.begin(player, peer))
                        .forEach(sent::add));
        boolean wait = settings.drainTimeout().isPositive() && sent.size() < online.size();
        if (wait && !(settings.message().isBlank() && reason.isBlank())) {
            Component text = text(settings.message(), reason);
            online.stream().filter(player -> !sent.contains(player)).forEach(player -> player.sendMessage(text));
        }
        LOG.info(
                "{} player{} online: {} transferred{}",
                online.size(),
                online.size() == 1 ? "" : "s",
                sent.isEmpty() ? "none" : sent.size(),
                wait ? ", the others have " + settings.drainTimeout().toSeconds() + " s to leave" : "");
        if (wait) {
            awaitNobody(settings.drainTimeout());
        } else if (!sent.isEmpty()) {
            // Those who stay would only look at a world that does not move any more.
            Component text = text(settings.disconnectMessage(), reason);
            online.stream().filter(player -> !sent.contains(player)).forEach(player -> player.disconnect(text));
            awaitNobody(leaveTime);
        }
        List<Player> left = players.all();
        if (!left.isEmpty()) {
            LOG.info("Sending {} player{} away", left.size(), left.size() == 1 ? "" : "s");
            left.forEach(player -> player.disconnect(text(settings.disconnectMessage(), reason)));
            awaitNobody(leaveTime);
        }
    }

    /**
     * Disables the plugins, dependants first. Each has its own deadline; all together they have one too, so that many that hang do
     * not keep the process.
     *
     * @param plugins those that are there, or will be
     */
    static void stop(CompletableFuture<Plugins> plugins) {
        stop(plugins, ALL_PLUGINS);
    }

    /** As {@link #stop(CompletableFuture)}, with another bound. */
    static void stop(CompletableFuture<Plugins> plugins, Duration most) {
        CompletableFuture<Void> stopped = plugins.thenAcceptAsync(
                Plugins::stop,
                work -> Thread.ofPlatform().name("plugins").daemon().start(work));
        try {
            stopped.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The plugins take longer than {} s to stop; going on without them", most.toSeconds());
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Component text(String configured, String reason) {
        return Component.text(reason.isBlank() ? configured : configured + ": " + reason);
    }

    private void awaitNobody(Duration most) {
        long begun = System.nanoTime();
        while (players.count() > 0 && System.nanoTime() - begun < most.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
