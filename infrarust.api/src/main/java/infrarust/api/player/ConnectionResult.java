package infrarust.api.player;

import net.kyori.adventure.text.Component;

/** What became of the wish to move a player to another server. */
public sealed interface ConnectionResult {

    /**
     * The player is on the server.
     *
     * @param server its id in the configuration; a plugin may have chosen another one than was asked for
     */
    record Connected(String server) implements ConnectionResult {}

    /** The player is on that server already. */
    record AlreadyConnected() implements ConnectionResult {}

    /**
     * The proxy or a plugin does not let the player go there; the player stays.
     *
     * @param reason why, for the player
     */
    record Denied(Component reason) implements ConnectionResult {}

    /**
     * The server cannot be reached or does not take the player, who stays if that is still possible.
     *
     * @param reason why, for the player: the server's own words where it gave some
     */
    record Failed(Component reason) implements ConnectionResult {}

    /** Another wish of the same kind came first, or the player has left. */
    record Cancelled() implements ConnectionResult {}
}
