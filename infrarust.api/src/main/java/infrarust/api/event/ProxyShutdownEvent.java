package infrarust.api.event;

/** The proxy has stopped accepting and no player is left; plugins are still enabled. The proxy waits for the listeners. */
public record ProxyShutdownEvent() implements Event {}
