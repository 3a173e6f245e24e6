package infrarust.proxy.session;

import infrarust.api.player.Delivery;
import infrarust.proxy.protocol.packet.ChatLine;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import net.kyori.adventure.text.Component;

/**
 * The lines that plugins and the proxy have for a player's chat. They wait while the client is in no world, and for the end of
 * the frame under way; what is sent is in the state in which the client is when it goes out. Belongs to the client's loop, unless
 * a method says otherwise.
 */
final class ChatFeed {

    /** How many lines may wait for a client that cannot take chat yet. */
    private static final int MAX_WAITING_LINES = 256;

    /** How many bytes may wait for a client before it is given no more chat. */
    private static final long MAX_BACKLOG = 256 << 10;

    private final Session session;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Component> lines = new ArrayDeque<>();
    private boolean open;

    ChatFeed(Session session) {
        this.session = session;
    }

    /** Whether the client can show chat: it is in the world, and stays there. */
    boolean isOpen() {
        return open && !session.isOver();
    }

    /** The client shows no chat until the feed is {@linkplain #open opened} again. */
    void hold() {
        open = false;
    }

    /** The client can show chat: what has waited goes out, in order. */
    void open() {
        open = true;
        if (!lines.isEmpty()) {
            session.link().betweenFrames(this::send);
        }
    }

    /** Between two frames, perhaps later than it was asked for: the client may have left the world meanwhile. */
    private void send() {
        if (!isOpen()) {
            return;
        }
        Link link = session.link();
        for (Component line = lines.poll(); line != null; line = lines.poll()) {
            waiting.decrementAndGet();
            link.send(ChatLine.layout(session.ids()), session.ids(), new ChatLine(line));
        }
        link.flush();
    }

    /** A line for the player's chat. Any thread. */
    Delivery say(Component line) {
        var channel = session.client().channel();
        if (!channel.isActive()) {
            return Delivery.DISCONNECTED;
        }
        // What has been sent is not counted as waiting any more, though a client that does not read leaves it in
        // memory.
        boolean behind = channel.bytesBeforeWritable() > MAX_BACKLOG;
        if (waiting.incrementAndGet() > MAX_WAITING_LINES || behind) {
            waiting.decrementAndGet();
            return Delivery.REFUSED;
        }
        session.client().eventLoop().execute(() -> {
            lines.add(line);
            if (isOpen()) {
                session.link().betweenFrames(this::send);
            }
        });
        return Delivery.ACCEPTED;
    }
}
