package infrarust.api.event;

/** Every plugin is enabled and the proxy is about to accept connections; it waits for the listeners. */
public record ProxyInitializeEvent() implements Event {}
