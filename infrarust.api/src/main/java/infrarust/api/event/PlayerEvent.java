package infrarust.api.event;

import infrarust.api.player.Player;

/**
 * An event of one player. Those of the same player are delivered one after the other, in the order they happened: a listener
 * must not wait for another event of that player, nor for what becomes of {@link Player#connect}, which fires some. It would wait
 * until its own deadline.
 */
public interface PlayerEvent extends Event {

    /** The player that it is about. */
    Player player();
}
