package infrarust.proxy.routing;

import infrarust.proxy.config.Address;

/**
 * An address of a server has come to be in another state.
 *
 * @param server the server's id
 * @param address which of its addresses
 * @param before the state that it was in
 * @param health the new state
 * @param text the whole of it in one line for the log, with the reason
 */
public record HealthChange(String server, Address address, Health before, Health health, String text) {}
