package infrarust.proxy.routing;

import infrarust.proxy.config.ActiveHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Looks after addresses by itself: after those that are left out, so that they return without a player having
 * to try them; at once after those that have just failed, as HAProxy does after an error in the traffic, so that a server that
 * is gone is left out even when hardly anybody joins; after healthy ones where the configuration wants it.
 *
 * <p>For one thread, which also runs the probe's outcomes: an event loop whose timer calls {@link #tick}.
 */
public final class HealthChecks {

    /** How often {@link #tick} is to be called; no address is looked at more often. */
    public static final Duration TICK = Duration.ofSeconds(1);

    /** Times vary by this part, so that addresses and proxies that started together do not stay together. */
    private static final double SPREAD = 0.1;

    private final List<Watched> watched = new ArrayList<>();
    private final int maxConcurrent;
    private final Probe probe;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private int underWay;
    /** Where the walk begins, so that the bound does not always favour the same ones. */
    private int begin;

    /**
     * @param pools whose addresses; those of servers without active health are left alone
     * @param maxConcurrent how many looks may be under way at a time
     * @param probe how to look
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param random spreads the times
     */
    public HealthChecks(Pools pools, int maxConcurrent, Probe probe, LongSupplier nanoTime, RandomGenerator random) {
        this.maxConcurrent = maxConcurrent;
        this.probe = probe;
        this.nanoTime = nanoTime;
        this.random = random;
        long now = nanoTime.getAsLong();
        for (Pool pool : pools.all()) {
            ActiveHealth settings = pool.server().activeHealth();
            if (settings.enabled()) {
                for (PoolMember member : pool.all()) {
                    long ago = (long) (random.nextDouble() * settings.interval().toNanos());
                    watched.add(new Watched(pool, member, settings, now - ago));
                }
            }
        }
    }

    /** Whether there is nothing to look after, now or later. */
    public boolean isEmpty() {
        return watched.isEmpty();
    }

    /** Looks at every address whose time has come. */
    public void tick() {
        long now = nanoTime.getAsLong();
        int first = begin;
        for (int i = 0; i < watched.size(); i++) {
            int index = (first + i) % watched.size();
            Watched one = watched.get(index);
            if (one.isDue(now)) {
                if (underWay >= maxConcurrent) {
                    begin = index;
                    return;
                }
                one.look(now);
            }
        }
    }

    private final class Watched {

        private final Pool pool;
        private final PoolMember member;
        private final ActiveHealth settings;
        private long lastLook;
        private double stretch;
        private boolean looking;

        Watched(Pool pool, PoolMember member, ActiveHealth settings, long lastLook) {
            this.pool = pool;
            this.member = member;
            this.settings = settings;
            this.lastLook = lastLook;
            this.stretch = 1;
        }

        boolean isDue(long now) {
            if (looking) {
                return false;
            }
            long waited = now - lastLook;
            return switch (pool.attention(member)) {
                case LEFT_OUT -> waited >= stretched(settings.unhealthyInterval());
                case SUSPECT -> waited >= TICK.toNanos();
                case NONE -> settings.probeHealthy() && waited >= stretched(settings.interval());
            };
        }

        private long stretched(Duration interval) {
            return (long) (stretch * interval.toNanos());
        }

        void look(long now) {
            looking = true;
            underWay++;
            lastLook = now;
            stretch = 1 - SPREAD * random.nextDouble();
            probe.look(pool.server(), member.backend.address(), wrong -> {
                looking = false;
                underWay--;
                wrong.ifPresentOrElse(why -> pool.failed(member, why), () -> pool.answered(member));
            });
        }
    }
}
