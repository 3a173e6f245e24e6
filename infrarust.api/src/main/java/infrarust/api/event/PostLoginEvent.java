package infrarust.api.event;

import infrarust.api.player.Player;

/** A player has logged in and is listed among the players. The proxy waits for the listeners before it goes on. */
public record PostLoginEvent(Player player) implements PlayerEvent {}
