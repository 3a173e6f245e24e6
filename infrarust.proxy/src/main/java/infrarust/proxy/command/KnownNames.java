package infrarust.proxy.command;

import infrarust.api.player.Players;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Whom and what arguments can name.
 *
 * @param players who is online
 * @param servers the ids of the configuration's servers at this moment
 */
public record KnownNames(Players players, Supplier<? extends Collection<String>> servers) {}
