package infrarust.api.event;

import infrarust.api.player.Player;

/**
 * A player has been let in and is listed among the players; it is on no server yet, and messages to it wait until it can show them.
 * The proxy waits for the listeners before it goes on to the first server. Fired on every mode.
 */
public record PostLoginEvent(Player player) implements PlayerEvent {}
