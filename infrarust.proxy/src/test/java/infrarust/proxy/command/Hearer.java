package infrarust.proxy.command;

import infrarust.api.player.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/** A source that may do everything, on a terminal of a chosen height, and keeps what it is told. */
class Hearer implements Screen {

    private final List<String> heard = new ArrayList<>();
    private final Optional<Player> player;
    private final int rows;

    /** An operator. */
    Hearer(int rows) {
        this(Optional.empty(), rows);
    }

    private Hearer(Optional<Player> player, int rows) {
        this.player = player;
        this.rows = rows;
    }

    @Override
    public Optional<Player> player() {
        return player;
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public synchronized void sendMessage(Component message) {
        heard.add(PlainTextComponentSerializer.plainText().serialize(message));
    }

    @Override
    public boolean hasPermission(String node) {
        return true;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return 120;
    }

    @Override
    public void clear() {
        sendMessage(Component.text("(cleared)"));
    }

    /** All since the last time. */
    synchronized String heard() {
        String all = String.join("\n", heard);
        heard.clear();
        return all;
    }
}
