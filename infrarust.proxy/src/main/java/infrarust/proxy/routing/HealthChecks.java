package infrarust.proxy.routing;

import infrarust.proxy.config.ActiveHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

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

    private final Pools pools;
    private List<Watched> watched = List.of();
    private int maxConcurrent;
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
        this.pools = pools;
        this.maxConcurrent = maxConcurrent;
        this.probe = probe;
        this.nanoTime = nanoTime;
        this.random = random;
        configure(maxConcurrent);
    }

    /** The configuration has changed, and the pools with it: addresses that stay are looked at when their time comes. */
    public void configure(int most) {
        maxConcurrent = most;
        Map<PoolMember, Watched> before =
                watched.stream().collect(Collectors.toMap(one -> one.member, Function.identity()));
        List<Watched> next = new ArrayList<>();
        long now = nanoTime.getAsLong();
        for (Pool pool : pools.all()) {
            ActiveHealth settings = pool.server().activeHealth();
            if (settings.enabled()) {
                for (PoolMember member : pool.all()) {
                    Watched known = before.get(member);
                    if (known == null) {
                        long ago = (long)
                                (random.nextDouble() * settings.interval().toNanos());
                        known = new Watched(pool, member, now - ago);
                    }
                    known.settings = settings;
                    next.add(known);
                }
            }
        }
        watched = next;
        begin = 0;
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
        private ActiveHealth settings;
        private long lastLook;
        private double stretch;
        private boolean looking;

        Watched(Pool pool, PoolMember member, long lastLook) {
            this.pool = pool;
            this.member = member;
            this.settings = pool.server().activeHealth();
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
