package infrarust.proxy.session;

import infrarust.api.player.Delivery;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.BossBarChange;
import infrarust.proxy.protocol.packet.BossBarChange.Change;
import infrarust.proxy.protocol.packet.BossBarChange.Style;
import infrarust.proxy.protocol.packet.TabListHeader;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * What plugins have put on a client's screen to stay there, whatever server the player goes to: boss bars, and what is above and
 * below the list of players. Nothing of it waits to be sent: the client is shown all of it whenever it enters a world, and changes
 * while it is in one. Any thread, unless a method says otherwise.
 */
final class Screen {

    /** How many bars a player can be shown. */
    private static final int MOST_BARS = 64;

    private final Session session;
    private final PacketIds ids;
    private final BossBar.Listener changes = new Changes();

    /** Guards {@link #bars} and {@link #closed}; held for a look-up. */
    private final Object lock = new Object();

    /** In the order in which they were shown, which is that on the screen. */
    private final Map<UUID, BossBar> bars = new LinkedHashMap<>(0);

    private final IdentityHashMap<BossBar, UUID> idsOfBars = new IdentityHashMap<>(0);
    private boolean closed;

    private volatile @Nullable TabListHeader header;

    Screen(Session session) {
        this.session = session;
        this.ids = session.ids();
    }

    Delivery show(BossBar bar) {
        Delivery accepted = accepts(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
        if (accepted != Delivery.ACCEPTED) {
            return accepted;
        }
        UUID id = UUID.randomUUID();
        synchronized (lock) {
            if (closed) {
                return Delivery.DISCONNECTED;
            }
            if (idsOfBars.containsKey(bar)) {
                return Delivery.ACCEPTED;
            }
            if (bars.size() >= MOST_BARS) {
                return Delivery.REFUSED;
            }
            bars.put(id, bar);
            idsOfBars.put(bar, id);
        }
        bar.addListener(changes);
        synchronized (lock) {
            if (closed) { // whoever closed it did not know the listener yet
                bar.removeListener(changes);
                return Delivery.DISCONNECTED;
            }
        }
        now(link -> {
            if (isShown(id)) {
                send(link, id, whole(bar));
            }
        });
        return Delivery.ACCEPTED;
    }

    Delivery hide(BossBar bar) {
        Delivery accepted = accepts(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
        if (accepted == Delivery.DISCONNECTED) {
            return accepted;
        }
        UUID id;
        synchronized (lock) {
            id = idsOfBars.remove(bar);
            if (id == null) {
                return ids.has(PacketType.CLIENTBOUND_PLAY_BOSS_BAR) ? Delivery.ACCEPTED : Delivery.REFUSED;
            }
            bars.remove(id);
        }
        bar.removeListener(changes);
        UUID gone = id;
        now(link -> send(link, gone, new Change.Remove()));
        return Delivery.ACCEPTED;
    }

    Delivery header(Component above, Component below) {
        Delivery accepted = accepts(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER);
        if (accepted == Delivery.ACCEPTED) {
            TabListHeader next = new TabListHeader(above, below);
            header = next;
            now(link -> link.send(TabListHeader.LAYOUT, ids, next));
        }
        return accepted;
    }

    private Delivery accepts(PacketType type) {
        Delivery accepted = session.chat().accepts();
        return accepted == Delivery.ACCEPTED && !ids.has(type) ? Delivery.REFUSED : accepted;
    }

    private boolean isShown(UUID id) {
        synchronized (lock) {
            return bars.containsKey(id);
        }
    }

    /** The client has entered a world and may have forgotten what it was shown. Only the client's loop. */
    void showAgain(Link link) {
        Map<UUID, BossBar> shown;
        synchronized (lock) {
            shown = new LinkedHashMap<>(bars);
        }
        shown.forEach((id, bar) -> send(link, id, whole(bar)));
        TabListHeader present = header;
        if (present != null && !isEmpty(present)) {
            link.send(TabListHeader.LAYOUT, ids, present);
        }
    }

    private static boolean isEmpty(TabListHeader header) {
        return header.header().equals(Component.empty()) && header.footer().equals(Component.empty());
    }

    /** Takes the bars away from a client that stays in the game and leaves its world. Only the client's loop. */
    void clear(Link link) {
        List<UUID> shown;
        synchronized (lock) {
            shown = List.copyOf(bars.keySet());
        }
        shown.forEach(id -> send(link, id, new Change.Remove()));
    }

    /** The player is gone: bars know it no longer. */
    void close() {
        List<BossBar> shown;
        synchronized (lock) {
            closed = true;
            shown = List.copyOf(bars.values());
            bars.clear();
            idsOfBars.clear();
        }
        shown.forEach(bar -> bar.removeListener(changes));
    }

    private void now(Consumer<Link> sending) {
        try {
            session.client().eventLoop().execute(() -> session.chat().now(sending));
        } catch (RejectedExecutionException stopping) {
            // The player will be told by the end of the connection.
        }
    }

    private void send(Link link, UUID id, Change change) {
        link.send(BossBarChange.LAYOUT, ids, new BossBarChange(id, change));
    }

    private static Change whole(BossBar bar) {
        return new Change.Add(bar.name(), bar.progress(), style(bar), flags(bar.flags()));
    }

    private static Style style(BossBar bar) {
        int colour = switch (bar.color()) {
            case PINK -> 0;
            case BLUE -> 1;
            case RED -> 2;
            case GREEN -> 3;
            case YELLOW -> 4;
            case PURPLE -> 5;
            case WHITE -> 6;
        };
        int division = switch (bar.overlay()) {
            case PROGRESS -> 0;
            case NOTCHED_6 -> 1;
            case NOTCHED_10 -> 2;
            case NOTCHED_12 -> 3;
            case NOTCHED_20 -> 4;
        };
        return new Style(colour, division);
    }

    private static int flags(Set<BossBar.Flag> flags) {
        return (flags.contains(BossBar.Flag.DARKEN_SCREEN) ? 1 : 0)
                | (flags.contains(BossBar.Flag.PLAY_BOSS_MUSIC) ? 2 : 0)
                | (flags.contains(BossBar.Flag.CREATE_WORLD_FOG) ? 4 : 0);
    }

    /**
     * Hears what plugins do to a bar, on their threads. What goes out is how the bar is by then, so that changes that overtake each
     * other end as the last one.
     */
    private final class Changes implements BossBar.Listener {

        @Override
        public void bossBarNameChanged(BossBar bar, Component before, Component after) {
            changed(bar, present -> new Change.Title(present.name()));
        }

        @Override
        public void bossBarProgressChanged(BossBar bar, float before, float after) {
            changed(bar, present -> new Change.Health(present.progress()));
        }

        @Override
        public void bossBarColorChanged(BossBar bar, BossBar.Color before, BossBar.Color after) {
            changed(bar, present -> new Change.Restyle(style(present)));
        }

        @Override
        public void bossBarOverlayChanged(BossBar bar, BossBar.Overlay before, BossBar.Overlay after) {
            changed(bar, present -> new Change.Restyle(style(present)));
        }

        @Override
        public void bossBarFlagsChanged(BossBar bar, Set<BossBar.Flag> added, Set<BossBar.Flag> removed) {
            changed(bar, present -> new Change.Flags(flags(present.flags())));
        }

        private void changed(BossBar bar, Function<BossBar, Change> change) {
            UUID id;
            synchronized (lock) {
                id = idsOfBars.get(bar);
            }
            // A client that has much to read first must not be given one change more for each that it has not read.
            if (id != null && session.chat().accepts() == Delivery.ACCEPTED) {
                now(link -> {
                    if (isShown(id)) {
                        send(link, id, change.apply(bar));
                    }
                });
            }
        }
    }
}
