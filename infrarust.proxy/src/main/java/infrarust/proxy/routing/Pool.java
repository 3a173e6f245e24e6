package infrarust.proxy.routing;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.Backend;
import infrarust.proxy.config.Balance;
import infrarust.proxy.config.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one server: which one the next player gets, and which ones are left out.
 *
 * <p>All event loops share a pool. What changes is guarded by the pool's own lock, which is taken a few times in the life of
 * a connection, never per packet, and held for a walk over the addresses; changes of health are told outside of it.
 *
 * <p>The order of preference: healthy addresses by the server's rule; then those that are left out, by the same rule, so
 * that somebody finds out when all of them were; addresses that drain only when every address does.
 */
public final class Pool {

    /** In whose name an operator lets an address run empty. */
    public static final String OPERATOR = "operator";

    private final LongSupplier nanoTime;
    private final Consumer<HealthChange> changes;
    private volatile ServerConfig server;
    private volatile List<PoolMember> members;
    private Selection selection;
    private int nextIndex;

    /**
     * @param server whose addresses
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param changes hears of each address that is left out, returns, drains or is enabled; on the thread that found out
     */
    public Pool(ServerConfig server, LongSupplier nanoTime, Consumer<HealthChange> changes) {
        this.server = server;
        this.nanoTime = nanoTime;
        this.changes = changes;
        this.members = members(server, List.of());
        this.selection = new Selection(server.balancing().balance(), members);
    }

    /** The server's addresses; those of before that it still has, with what is known of them. */
    private List<PoolMember> members(ServerConfig of, List<PoolMember> before) {
        List<PoolMember> known = new ArrayList<>(before);
        List<PoolMember> all = new ArrayList<>();
        for (Backend backend : of.backends()) {
            Optional<PoolMember> same = known.stream()
                    .filter(member -> member.backend.address().equals(backend.address()))
                    .findFirst();
            same.ifPresent(member -> {
                known.remove(member);
                member.configure(backend, of.balancing());
            });
            all.add(same.orElseGet(() -> new PoolMember(backend, nextIndex++, of.balancing(), nanoTime.getAsLong())));
        }
        return List.copyOf(all);
    }

    /**
     * The configuration has changed. Addresses that stay keep their players, health and drains; players of an address that is
     * gone stay where they are. Any thread.
     */
    public synchronized void configure(ServerConfig next) {
        server = next;
        members = members(next, members);
        selection = new Selection(next.balancing().balance(), members);
        beginTurns();
    }

    /** The server whose addresses these are, as the configuration has it now. */
    public ServerConfig server() {
        return server;
    }

    /** Starts looking for a place for a player, who counts from the moment on when he has one. */
    public Placement player() {
        return new Placement(this, true);
    }

    /** Starts looking for an address that can be asked something: by the same order, but that counts for nobody. */
    public Placement question() {
        return new Placement(this, false);
    }

    synchronized @Nullable PoolMember place(BitSet tried, boolean counts) {
        long now = nanoTime.getAsLong();
        PoolMember chosen = null;
        if (counts && !server.activeHealth().enabled()) {
            chosen = onTrial(tried, now);
        }
        if (chosen == null) {
            boolean everyOneDrains = members.stream().allMatch(PoolMember::draining);
            chosen = choose(tried, counts, everyOneDrains, false, now);
            if (chosen == null) {
                chosen = choose(tried, counts, everyOneDrains, true, now);
            }
        }
        if (chosen != null) {
            tried.set(chosen.index);
            if (counts) {
                chosen.active++;
            }
        }
        return chosen;
    }

    /**
     * Where nobody looks by himself, one player in each time out finds out; if it fails, he goes on to the next address. With
     * the first available address, only those before it are worth a trial.
     */
    private @Nullable PoolMember onTrial(BitSet tried, long now) {
        for (PoolMember member : members) {
            if (tried.get(member.index) || member.draining()) {
                continue;
            }
            if (!member.inTrial && member.ejection.isTrialDue(now)) {
                member.inTrial = true;
                return member;
            }
            if (!member.ejection.isOut() && server.balancing().balance() == Balance.FIRST_AVAILABLE) {
                return null;
            }
        }
        return null;
    }

    private @Nullable PoolMember choose(BitSet tried, boolean counts, boolean draining, boolean out, long now) {
        return selection.choose(
                member -> !tried.get(member.index) && member.draining() == draining && member.ejection.isOut() == out,
                counts,
                now);
    }

    synchronized void leave(PoolMember member) {
        member.active--;
    }

    /** The placement came to nothing, and that says nothing about the address. */
    synchronized void undecided(PoolMember member) {
        member.inTrial = false;
    }

    void answered(PoolMember member) {
        HealthChange change = null;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            long out = member.ejection.nanosSince(now);
            member.inTrial = false;
            if (member.ejection.succeeded(now)) {
                member.recovered(now);
                beginTurns();
                change = change(member, HealthChange.Kind.RETURNED, "is back after " + text(out) + "; " + left());
            }
        }
        tell(change);
    }

    void failed(PoolMember member, String why) {
        HealthChange change = null;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            member.inTrial = false;
            if (member.ejection.failed(now)) {
                beginTurns();
                change = change(
                        member,
                        HealthChange.Kind.LEFT_OUT,
                        "is left out after " + Ejection.FAILURES + " failures, the last: " + why + "; " + left());
            }
        }
        tell(change);
    }

    /**
     * Lets an address run empty in the name of an operator, or no more; its health stays what it is. Any thread.
     *
     * @return whether the server has the address
     */
    public boolean drain(Address address, boolean draining) {
        return drain(address, OPERATOR, draining);
    }

    /**
     * As {@link #drain(Address, boolean)}, in somebody's name: the address takes players again when nobody lets it run empty any
     * more.
     *
     * @param by {@link #OPERATOR}, or a plugin's id
     */
    public boolean drain(Address address, String by, boolean draining) {
        return each(address, (member, now) -> {
            boolean before = member.draining();
            if (!member.drain(by, draining) || member.draining() == before) {
                return null;
            }
            beginTurns();
            String what = draining ? "drains: no player is added" : "takes players again";
            return change(member, HealthChange.Kind.DRAIN, what);
        });
    }

    /**
     * Forgets the failures of an address, so that it takes players at once if it was left out. A drain is not lifted. Any thread.
     *
     * @return whether the server has the address
     */
    public boolean reset(Address address) {
        return each(address, (member, now) -> {
            if (!member.ejection.reset(now)) {
                return null;
            }
            member.recovered(now);
            beginTurns();
            return change(member, HealthChange.Kind.RETURNED, "is taken for healthy; " + left());
        });
    }

    private interface Change {
        @Nullable
        HealthChange of(PoolMember member, long now);
    }

    private boolean each(Address address, Change what) {
        boolean known = false;
        for (PoolMember member : members) {
            if (member.backend.address().equals(address)) {
                known = true;
                HealthChange change;
                synchronized (this) {
                    change = what.of(member, nanoTime.getAsLong());
                }
                tell(change);
            }
        }
        return known;
    }

    /** All addresses in the order of the file. Any thread. */
    public synchronized List<MemberStatus> members() {
        long now = nanoTime.getAsLong();
        return members.stream()
                .map(member -> new MemberStatus(
                        member.backend.address(),
                        member.backend.weight(),
                        member.weight(now),
                        member.health(now),
                        member.active,
                        member.ejection.total(),
                        member.ejection.isOut() ? Optional.empty() : Optional.of(member.healthyFor(now)),
                        member.drainedBy(),
                        member.ejection.hasFailed()
                                ? Optional.of(Duration.ofNanos(now - member.ejection.lastFailure()))
                                : Optional.empty()))
                .toList();
    }

    /** How closely an address has to be looked at. */
    enum Attention {
        NONE,
        SUSPECT,
        LEFT_OUT
    }

    synchronized Attention attention(PoolMember member) {
        if (member.ejection.isOut()) {
            return Attention.LEFT_OUT;
        }
        return member.ejection.isSuspect(nanoTime.getAsLong()) ? Attention.SUSPECT : Attention.NONE;
    }

    List<PoolMember> all() {
        return members;
    }

    /** Those who take turns are not the same any more: nobody is owed a turn, and nobody owes one. */
    private void beginTurns() {
        for (PoolMember member : members) {
            member.turn = 0;
        }
    }

    private HealthChange change(PoolMember member, HealthChange.Kind kind, String what) {
        Address address = member.backend.address();
        return new HealthChange(
                kind,
                server.id(),
                address,
                member.health(nanoTime.getAsLong()),
                "Server " + server.id() + ": " + address + " " + what);
    }

    private void tell(@Nullable HealthChange change) {
        if (change != null) {
            changes.accept(change);
        }
    }

    private String left() {
        long healthy = members.stream()
                .filter(member -> !member.ejection.isOut() && !member.draining())
                .count();
        if (healthy == 0) {
            return members.size() == 1 ? "it is tried all the same" : "none is healthy, so all are tried all the same";
        }
        return healthy + " of " + members.size() + " healthy";
    }

    private static String text(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }
}
