package infrarust.api.player;

/**
 * Somebody waited, inside a listener of a player's event, for something that happens to the same player only when that listener is
 * done. Thrown at once by {@code join} and {@code get} of what {@link Player#connect} and {@link Player#requestCookie} answer, and
 * of stages made from it, instead of waiting until the listener's deadline. Act when the stage completes ({@code thenAccept}), or
 * wait on another thread.
 */
public final class WouldDeadlockException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param player whose event it is
     * @param event the event's name
     */
    public WouldDeadlockException(String player, String event) {
        super("a listener of " + event + " waits for what can happen to " + player
                + " only when that listener is done; use thenAccept, or wait on another thread");
    }
}
