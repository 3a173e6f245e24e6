package infrarust.api.event;

/**
 * A service is not offered any more; it cannot be found when this is heard. Who has kept the object lets go of it now. Nothing
 * waits for the listeners.
 *
 * @param type what it was offered as
 * @param provider the id of the plugin that offered it
 */
public record ServiceRemovedEvent(Class<?> type, String provider) implements Event {}
