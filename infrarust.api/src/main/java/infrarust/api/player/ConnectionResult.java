package infrarust.api.player;

import net.kyori.adventure.text.Component;

/** What became of the wish to move a player to another server. */
public sealed interface ConnectionResult {

    /**
     * The player is on the server.
     *
     * @param server its id in the configuration, or {@code $limbo}; a plugin may have chosen another one than was asked for
     */
    record Connected(String server) implements ConnectionResult {}

    /** The player is on that server already. */
    record AlreadyConnected() implements ConnectionResult {}

    /**
     * The proxy or a plugin does not let the player go there; the player stays, or is disconnected when its server has
     * been lost meanwhile.
     *
     * @param reason why, for the player
     */
    record Denied(Component reason) implements ConnectionResult {}

    /**
     * The server cannot be reached or does not take the player, or the player is nowhere to be moved from. Also after thirty seconds
     * in which a server that has taken the player has not brought it into its world, though it still may. The player stays unless its
     * server has been lost meanwhile, or a listener of {@code KickedFromServerEvent} decides otherwise.
     *
     * @param reason why, for the player: the server's own words where it gave some
     */
    record Failed(Component reason) implements ConnectionResult {}

    /** Another change of servers is under way, the player's server has just been lost, or the player has left. */
    record Cancelled() implements ConnectionResult {}
}
