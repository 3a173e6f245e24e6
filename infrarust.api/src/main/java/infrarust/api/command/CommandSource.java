package infrarust.api.command;

import infrarust.api.player.Player;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/** Who gives a command: a player, or the console. Any thread may call. */
public interface CommandSource {

    /** The player; empty for the console. */
    Optional<Player> player();

    /** What logs and messages call the source: the player's name, or {@code console}. */
    String name();

    /** Shows a line to the source; nothing happens when it has left. */
    void sendMessage(Component message);

    /** Whether the source has that permission. The console has every one. */
    boolean hasPermission(String node);
}
