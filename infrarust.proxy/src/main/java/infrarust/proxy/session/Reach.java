package infrarust.proxy.session;

import infrarust.api.player.Delivery;
import infrarust.proxy.messaging.BungeeCordChannel;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.ClearTitles;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.TitleText;
import infrarust.proxy.protocol.packet.TitleTimes;
import infrarust.proxy.protocol.packet.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;
import net.kyori.adventure.title.Title;
import org.jspecify.annotations.Nullable;

/** What can be done to one client beside chat. Any thread. */
final class Reach {

    private static final long TICK_MILLIS = 50;
    private static final int MAX_HOST = 255;
    private static final int MAX_PORT = 65_535;
    /** How many bytes may wait for a server before it is told nothing more. */
    private static final long MAX_BACKLOG = 256 << 10;

    private final Session session;
    private final PacketIds ids;
    private final Screen screen;
    private final Cookies cookies;
    private final ResourcePacks packs;
    private final PingMeter ping = new PingMeter(System::nanoTime);
    private final ClientReports reports;
    /** The server in whose game the player is; written by the loop. */
    private volatile @Nullable Link server;

    Reach(Session session) {
        this.session = session;
        this.ids = session.ids();
        this.screen = new Screen(session);
        this.cookies = new Cookies(session);
        this.packs = new ResourcePacks(session);
        this.reports = new ClientReports(session, this);
    }

    /** What stays on the screen. */
    Screen screen() {
        return screen;
    }

    /** What the client keeps. */
    Cookies cookies() {
        return cookies;
    }

    /** The resource packs of plugins. */
    ResourcePacks packs() {
        return packs;
    }

    /** How long the client takes to answer. */
    PingMeter ping() {
        return ping;
    }

    /** What the client says about itself, and answers. */
    ClientReports reports() {
        return reports;
    }

    /** The player is in the game of the server at the other end of that link. Only the client's loop. */
    void server(Link next) {
        server = next;
    }

    /** The player is on no server. Only the client's loop. */
    void withoutServer() {
        server = null;
    }

    /** The player is gone, or has been told to go. Only the client's loop. */
    void close() {
        withoutServer();
        screen.close();
        cookies.close();
    }

    private boolean hasTitles() {
        return ids.has(TitleText.TITLE.type()) || ids.has(TitleText.LEGACY_TITLE.type());
    }

    Delivery title(Title title) {
        if (!hasTitles()) {
            return Delivery.REFUSED;
        }
        Title.Times times = title.times();
        return session.chat().deliver(0, link -> {
            if (times != null) {
                link.send(
                        TitleTimes.layout(ids),
                        ids,
                        new TitleTimes(ticks(times.fadeIn()), ticks(times.stay()), ticks(times.fadeOut())));
            }
            link.send(TitleText.subtitle(ids), ids, new TitleText(title.subtitle()));
            link.send(TitleText.title(ids), ids, new TitleText(title.title()));
        });
    }

    private static int ticks(Duration time) {
        return Math.clamp(time.toMillis() / TICK_MILLIS, 0, Integer.MAX_VALUE);
    }

    Delivery clearTitles(boolean reset) {
        return hasTitles()
                ? session.chat().deliver(0, link -> link.send(ClearTitles.layout(ids), ids, new ClearTitles(reset)))
                : Delivery.REFUSED;
    }

    Delivery actionBar(Component text) {
        if (!hasTitles()) {
            return Delivery.REFUSED;
        }
        // Those versions show the text there, and not its styles.
        Component shown = ids.protocol() < ProtocolVersion.V1_11
                ? Component.text(LegacyComponentSerializer.legacySection().serialize(text))
                : text;
        return session.chat().deliver(0, link -> link.send(TitleText.actionBar(ids), ids, new TitleText(shown)));
    }

    Delivery transfer(String host, int port) {
        if (host.isEmpty() || host.length() > MAX_HOST || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("no client can go to \"" + host + "\", port " + port);
        }
        if (!ids.has(PacketType.CLIENTBOUND_PLAY_TRANSFER)) {
            return Delivery.REFUSED;
        }
        return session.chat()
                .deliverInAnyState(
                        0,
                        link -> link.send(
                                session.clientbound() == ConnectionState.CONFIGURATION
                                        ? Transfer.CONFIGURATION
                                        : Transfer.PLAY,
                                ids,
                                new Transfer(host, port)));
    }

    /** @param channel its name in the client's version */
    Delivery message(String channel, byte[] data) {
        if (ids.protocol() < ProtocolVersion.V1_8 && data.length > PluginMessage.MAX_OLD_CONTENT) {
            return Delivery.REFUSED;
        }
        PluginMessage message = new PluginMessage(channel, data.clone());
        return session.chat().deliver(data.length, link -> link.send(PluginMessage.PLAY_CLIENTBOUND, ids, message));
    }

    /** @param channel its name in the client's version */
    Delivery messageToServer(String channel, byte[] data) {
        Link to = server;
        if (!session.client().channel().isActive()) {
            return Delivery.DISCONNECTED;
        }
        if (to == null || to.channel().bytesBeforeWritable() > MAX_BACKLOG) {
            return Delivery.REFUSED;
        }
        PluginMessage message = new PluginMessage(channel, data.clone());
        try {
            session.client().eventLoop().execute(() -> say(to, message));
            return Delivery.ACCEPTED;
        } catch (RejectedExecutionException stopping) {
            return Delivery.DISCONNECTED;
        }
    }

    private void say(Link to, PluginMessage message) {
        to.betweenFrames(() -> {
            if (to.equals(server) && to.isOpen()) {
                to.send(PluginMessage.PLAY_SERVERBOUND, ids, message);
                to.flush();
            }
        });
    }

    /** Tells the server that the proxy listens on the channels that plugins have registered, and on its own. Only the client's loop. */
    void register(Link backend, boolean bungeeCord) {
        List<String> names = new ArrayList<>(session.sessions().channels().namesIn(ids.protocol()));
        if (bungeeCord) {
            names.add(BungeeCordChannel.name(ids.protocol()));
        }
        backend.betweenFrames(() -> ClientMemory.register(backend, ids, names));
    }
}
