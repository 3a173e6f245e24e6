package infrarust.proxy.session;

import infrarust.api.player.Delivery;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.packet.ChatLine;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;

/**
 * What plugins and the proxy have for a player's client: lines of chat, and whatever else comes once. It waits while the client is
 * in no world, and for the end of the frame under way; what is sent is in the state in which the client is when it goes out. The few
 * things that the configuration state has too wait for that or the world only. Belongs to the client's loop, unless a method says
 * otherwise.
 */
final class ChatFeed {

    /** How many things may wait for a client that cannot take them yet. */
    private static final int MAX_WAITING = 256;

    /** How many bytes they may have together, as far as they are counted. */
    private static final long MAX_WAITING_BYTES = 2 << 20;

    /** How many bytes may wait for a client before it is given nothing more. */
    private static final long MAX_BACKLOG = 256 << 10;

    private final Session session;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    /** Those for the world, and those for the configuration too; each in its order. */
    private final Queue<Parcel> forWorld = new ArrayDeque<>();

    private final Queue<Parcel> forAnyState = new ArrayDeque<>(0);
    private boolean open;

    /** Something to be sent. */
    private record Parcel(int bytes, Consumer<Link> sending) {}

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

    /** The client can show chat: what has waited goes out, in order, behind what has to be shown again. */
    void open() {
        open = true;
        now(session.reach().screen()::showAgain);
        if (!forWorld.isEmpty()) {
            session.link().betweenFrames(this::send);
        }
        stateChanged();
    }

    /** The client understands packets of another state, behind the frame that is being dealt with now. */
    void stateChanged() {
        if (!forAnyState.isEmpty()) {
            session.client().eventLoop().execute(() -> session.link().betweenFrames(this::sendInAnyState));
        }
    }

    /** Sends something between two frames, if the client is in a world then; otherwise it is dropped. */
    void now(Consumer<Link> sending) {
        if (isOpen()) {
            session.link().betweenFrames(() -> {
                if (isOpen()) {
                    sending.accept(session.link());
                    session.link().flush();
                }
            });
        }
    }

    /** Between two frames, perhaps later than it was asked for: the client may have left the world meanwhile. */
    private void send() {
        if (isOpen()) {
            sendAll(forWorld);
        }
    }

    private void sendInAnyState() {
        if (session.clientbound() != ConnectionState.LOGIN && !session.isOver()) {
            sendAll(forAnyState);
        }
    }

    private void sendAll(Queue<Parcel> parcels) {
        Link link = session.link();
        for (Parcel parcel = parcels.poll(); parcel != null; parcel = parcels.poll()) {
            waiting.decrementAndGet();
            waitingBytes.addAndGet(-parcel.bytes());
            parcel.sending().accept(link);
        }
        link.flush();
    }

    /** A line for the player's chat. Any thread. */
    Delivery say(Component line) {
        return deliver(0, link -> link.send(ChatLine.layout(session.ids()), session.ids(), new ChatLine(line)));
    }

    /**
     * Something for the client in its world. Any thread.
     *
     * @param bytes how much memory it holds while it waits, if that is worth counting
     * @param sending runs on the loop, between two frames
     */
    Delivery deliver(int bytes, Consumer<Link> sending) {
        return take(new Parcel(bytes, sending), forWorld, this::send);
    }

    /** As {@link #deliver}, of something that can be sent in the configuration state too. */
    Delivery deliverInAnyState(int bytes, Consumer<Link> sending) {
        return take(new Parcel(bytes, sending), forAnyState, this::sendInAnyState);
    }

    private Delivery take(Parcel parcel, Queue<Parcel> queue, Runnable send) {
        Delivery accepted = accepts();
        if (accepted != Delivery.ACCEPTED) {
            return accepted;
        }
        boolean tooMany = waiting.incrementAndGet() > MAX_WAITING;
        // The last one may be larger than what is left, or large ones would find room only in an empty queue.
        boolean tooMuch = waitingBytes.getAndAdd(parcel.bytes()) > MAX_WAITING_BYTES;
        if (tooMany || tooMuch) {
            forget(parcel);
            return Delivery.REFUSED;
        }
        try {
            session.client().eventLoop().execute(() -> {
                queue.add(parcel);
                session.link().betweenFrames(send);
            });
        } catch (RejectedExecutionException stopping) {
            forget(parcel);
            return Delivery.DISCONNECTED;
        }
        return Delivery.ACCEPTED;
    }

    private void forget(Parcel parcel) {
        waiting.decrementAndGet();
        waitingBytes.addAndGet(-parcel.bytes());
    }

    /** Whether the client is there and takes what it is sent. Any thread. */
    Delivery accepts() {
        var channel = session.client().channel();
        if (!channel.isActive()) {
            return Delivery.DISCONNECTED;
        }
        // What has been sent is not counted as waiting any more, though a client that does not read leaves it in
        // memory.
        return channel.bytesBeforeWritable() > MAX_BACKLOG ? Delivery.REFUSED : Delivery.ACCEPTED;
    }
}
