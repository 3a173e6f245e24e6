package infrarust.proxy.service;

import infrarust.api.player.Player;
import infrarust.api.player.Players;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Who is connected. A session takes {@link #nextId} when it makes its player, {@link #register}s it when it is let in
 * (before it fires {@code PostLoginEvent}), and {@link #remove}s it after {@code DisconnectEvent} has been dealt
 * with. Any thread may call any method; none blocks.
 */
public final class OnlinePlayers implements Players {

    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean closing;
    private final ConcurrentHashMap<Long, Player> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, Player> byUuid = new ConcurrentHashMap<>();

    /** By lower-case name. More than one only in offline mode, where "Bob" and "bob" are different accounts. */
    private final ConcurrentHashMap<String, List<Player>> byName = new ConcurrentHashMap<>();

    /** A number for a new connection: 1, 2, 3 and so on. */
    public long nextId() {
        return lastId.incrementAndGet();
    }

    /**
     * Lists a player.
     *
     * @return the older connection of the same account, if there is one. The caller disconnects it; it stays listed by its
     *     number and name until it is removed
     * @throws IllegalStateException if a player with this number is listed already
     */
    public Optional<Player> register(Player player) {
        list(player);
        return Optional.ofNullable(byUuid.put(player.profile().uuid(), player));
    }

    private void list(Player player) {
        if (byId.putIfAbsent(player.id(), player) != null) {
            throw new IllegalStateException(
                    "a player with the connection number " + player.id() + " is listed already");
        }
        byName.merge(
                key(player),
                List.of(player),
                (present, added) ->
                        Stream.concat(added.stream(), present.stream()).toList());
    }

    /**
     * Lists a player whose account nobody knows, because the proxy only forwards what it says: found by its number and its name,
     * not by the account.
     *
     * @throws IllegalStateException if a player with this number is listed already
     */
    public void registerUnknown(Player player) {
        list(player);
    }

    /** The proxy stops: who is sent away from here on is so for that reason. */
    public void close() {
        closing = true;
    }

    /** Whether the proxy stops. */
    public boolean isClosing() {
        return closing;
    }

    /** Takes a player off the list; does nothing if it is not on it. */
    public void remove(Player player) {
        if (byId.remove(player.id(), player)) {
            byName.computeIfPresent(key(player), (name, present) -> {
                List<Player> left =
                        present.stream().filter(other -> !other.equals(player)).toList();
                return left.isEmpty() ? null : left;
            });
            byUuid.remove(player.profile().uuid(), player);
        }
    }

    @Override
    public Optional<Player> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Player> byName(String username) {
        List<Player> anySpelling = byName.getOrDefault(username.toLowerCase(Locale.ROOT), List.of());
        return anySpelling.stream()
                .filter(player -> player.profile().username().equals(username))
                .findFirst()
                .or(() -> anySpelling.stream().findFirst());
    }

    @Override
    public Optional<Player> byUuid(UUID uuid) {
        return Optional.ofNullable(byUuid.get(uuid));
    }

    @Override
    public List<Player> all() {
        return sorted(byId.values().stream());
    }

    @Override
    public List<Player> onServer(String server) {
        return sorted(byId.values().stream()
                .filter(player -> player.currentServer().filter(server::equals).isPresent()));
    }

    @Override
    public int count() {
        return byId.size();
    }

    private static List<Player> sorted(Stream<Player> players) {
        return players.sorted(Comparator.comparingLong(Player::id)).toList();
    }

    private static String key(Player player) {
        return player.profile().username().toLowerCase(Locale.ROOT);
    }
}
