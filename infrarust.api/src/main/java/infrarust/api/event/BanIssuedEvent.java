package infrarust.api.event;

import infrarust.api.ban.Ban;

/**
 * Somebody is kept out from now on. Fired when the ban is kept and who it hits has been told; nothing waits for the listeners.
 *
 * @param ban as it is kept; it says who has issued it
 * @param silent whether it should not be told of
 */
public record BanIssuedEvent(Ban ban, boolean silent) implements Event {}
