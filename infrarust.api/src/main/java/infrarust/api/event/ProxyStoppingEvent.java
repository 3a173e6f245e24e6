package infrarust.api.event;

/**
 * The proxy has stopped accepting and is about to take leave of the players that are still on it. It waits for the listeners,
 * which can move or transfer players, or tell them something; {@link ProxyShutdownEvent} follows when they have gone.
 *
 * @param reason as whoever asked for the stop has put it; may be empty
 */
public record ProxyStoppingEvent(String reason) implements Event {}
