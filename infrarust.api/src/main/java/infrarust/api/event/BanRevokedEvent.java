package infrarust.api.event;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanSource;

/**
 * A ban has been lifted before its time. One whose time is over makes no event. Nothing waits for the listeners.
 *
 * @param ban as it was
 * @param source who has lifted it
 * @param silent whether it should not be told of
 */
public record BanRevokedEvent(Ban ban, BanSource source, boolean silent) implements Event {}
