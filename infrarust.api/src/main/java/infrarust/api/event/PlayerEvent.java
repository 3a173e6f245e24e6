package infrarust.api.event;

import infrarust.api.player.Player;

/** An event of one player. Those of the same player are delivered one after the other, in the order they happened. */
public interface PlayerEvent extends Event {

    /** The player that it is about. */
    Player player();
}
