package infrarust.api.filter;

import infrarust.api.player.Player;

/** Sees packets of all players that it has asked for, and decides what becomes of each. */
@FunctionalInterface
public interface PacketListener {

    /**
     * What becomes of the packet. Called on the player's event loop: it must not block, and is called for several players at a time. What
     * it throws is logged with the plugin's name, and the packet passes.
     */
    Verdict packet(Player player, Frame frame);
}
