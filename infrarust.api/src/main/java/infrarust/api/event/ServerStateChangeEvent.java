package infrarust.api.event;

import infrarust.api.server.Server;

/**
 * Whether players can get to a server has changed, as far as its addresses show: it is told behind the {@link
 * BackendHealthEvent} that brought it about. Nothing waits for the listeners.
 *
 * @param server the server's id
 * @param previous how it was
 * @param current how it is now
 */
public record ServerStateChangeEvent(String server, Server.State previous, Server.State current) implements Event {}
