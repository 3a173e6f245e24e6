package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanTarget;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The bans in memory, by whom they hit. Any thread may look up, without a lock; one thread at a time changes. Blocks of
 * addresses are found by trying each length that any of them has, so a look-up costs the same with ten and with a hundred
 * thousand.
 */
final class BanIndex {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final ConcurrentHashMap<BanTarget, Ban> byTarget = new ConcurrentHashMap<>();
    /** How many blocks there are of each length. */
    private final AtomicIntegerArray ipv4Lengths = new AtomicIntegerArray(IPV4_BITS + 1);

    private final AtomicIntegerArray ipv6Lengths = new AtomicIntegerArray(IPV6_BITS + 1);

    private final AtomicInteger names = new AtomicInteger();

    /** Whether a name is among the targets. */
    boolean hasNames() {
        return names.get() > 0;
    }

    /** Puts a ban in the place of whatever there is for its target. */
    void put(Ban ban) {
        // Counted first: who looks up meanwhile tries a length in vain, and not none too few.
        boolean added = !byTarget.containsKey(ban.target());
        if (added && ban.target() instanceof BanTarget.IpRange range) {
            lengths(range.network()).incrementAndGet(range.prefix());
        }
        if (added && ban.target() instanceof BanTarget.Username) {
            names.incrementAndGet();
        }
        byTarget.put(ban.target(), ban);
    }

    /** Removes the ban of exactly that target. */
    void remove(BanTarget target) {
        if (byTarget.remove(target) == null) {
            return;
        }
        if (target instanceof BanTarget.IpRange range) {
            lengths(range.network()).decrementAndGet(range.prefix());
        } else if (target instanceof BanTarget.Username) {
            names.decrementAndGet();
        }
    }

    private AtomicIntegerArray lengths(InetAddress family) {
        return family.getAddress().length * Byte.SIZE == IPV4_BITS ? ipv4Lengths : ipv6Lengths;
    }

    /** The ban of exactly that target that holds at that time. */
    Optional<Ban> get(BanTarget target, Instant now) {
        return Optional.ofNullable(byTarget.get(target)).filter(ban -> ban.isActiveAt(now));
    }

    /** A ban that keeps somebody out at that time: of the account, the name, the address, or a block, in that order. */
    Optional<Ban> find(InetAddress address, Optional<String> name, Optional<UUID> uuid, Instant now) {
        if (byTarget.isEmpty()) {
            return Optional.empty();
        }
        return uuid.flatMap(account -> get(new BanTarget.Uuid(account), now))
                .or(() -> name.filter(BanIndex::canBeBanned).flatMap(one -> get(new BanTarget.Username(one), now)))
                .or(() -> get(new BanTarget.Ip(address), now))
                .or(() -> findRange(address, now));
    }

    /** Offline servers let in names that no account can have. */
    private static boolean canBeBanned(String name) {
        return !name.isEmpty() && name.length() <= 16 && name.chars().noneMatch(Character::isWhitespace);
    }

    private Optional<Ban> findRange(InetAddress address, Instant now) {
        AtomicIntegerArray lengths = lengths(address);
        for (int prefix = lengths.length() - 1; prefix >= 0; prefix--) {
            if (lengths.get(prefix) > 0) {
                Optional<Ban> found = get(new BanTarget.IpRange(address, prefix), now);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Those whose time is over. */
    List<Ban> expired(Instant now) {
        return byTarget.values().stream().filter(ban -> !ban.isActiveAt(now)).toList();
    }

    /** How many there are, expired ones included. */
    int size() {
        return byTarget.size();
    }
}
