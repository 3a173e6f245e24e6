package infrarust.api.player;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The players that are connected now. Any thread may ask; answers are snapshots. */
public interface Players {

    /** The connection with this number. */
    Optional<Player> byId(long id);

    /** The player with this name: the exact spelling if there is one, else any spelling of it. */
    Optional<Player> byName(String username);

    /** The player with this account; the newest connection if an older one is still leaving. */
    Optional<Player> byUuid(UUID uuid);

    /** Everyone, by connection number. */
    List<Player> all();

    /** Everyone on one server, by connection number. */
    List<Player> onServer(String server);

    /** How many are connected. */
    int count();
}
