package infrarust.api.event;

/**
 * A plugin offers a service from now on. Nothing waits for the listeners.
 *
 * @param type what it is offered as, for {@link infrarust.api.service.ServiceRegistry#find}
 * @param provider the id of the plugin
 */
public record ServiceProvidedEvent(Class<?> type, String provider) implements Event {}
