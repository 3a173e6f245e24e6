package infrarust.api.event;

import infrarust.api.server.BackendHealth;
import infrarust.api.server.ServerAddress;

/**
 * An address of a server is left out, is back, drains, or takes players again. Nothing waits for the listeners.
 *
 * @param server the server's id
 * @param address which one
 * @param health how it is now
 * @param text the whole of it in one line, as the log has it
 */
public record BackendHealthEvent(String server, ServerAddress address, BackendHealth health, String text)
        implements Event {}
