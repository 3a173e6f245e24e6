package infrarust.api.event;

import infrarust.api.player.ClientSettings;
import infrarust.api.player.Player;

/**
 * A client has told its settings for the first time, or has changed them. Nothing waits for the listeners.
 *
 * @param player whose client
 * @param settings as they are now
 */
public record PlayerSettingsChangedEvent(Player player, ClientSettings settings) implements PlayerEvent {}
