package infrarust.api.event;

import infrarust.api.player.Player;

/**
 * A client has said what it is. Nothing waits for the listeners.
 *
 * @param player whose client
 * @param brand in its own words, for example {@code vanilla} or {@code fabric}; anything may stand there, up to 512 bytes
 */
public record PlayerClientBrandEvent(Player player, String brand) implements PlayerEvent {}
