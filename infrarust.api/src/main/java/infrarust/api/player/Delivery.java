package infrarust.api.player;

/** What became of something that was to be sent to a player. */
public enum Delivery {
    /** It goes out, after everything accepted before it. The client's own loss of connection can still swallow it. */
    ACCEPTED,
    /** The proxy relays this player's bytes without speaking the protocol, so it cannot add to them. */
    NOT_ACTIVE,
    /** The player has left. */
    DISCONNECTED,
    /** The player is in a state that cannot take it, or has too much waiting to be sent already. */
    REFUSED
}
