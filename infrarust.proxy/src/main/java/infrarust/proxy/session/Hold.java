package infrarust.proxy.session;

import infrarust.api.event.Event;
import java.util.function.Consumer;

/**
 * One side of a session that is not read while plugins decide about what it has sent last. Only the loop's thread.
 */
final class Hold {

    private final Session session;
    private final Link link;
    private boolean holding;

    Hold(Session session, Link link) {
        this.session = session;
        this.link = link;
    }

    /** Whether the side waits. */
    boolean isHolding() {
        return holding;
    }

    /**
     * Fires an event about a frame that is being dealt with. The side's next frame comes when all have dealt with it.
     *
     * @param then does what has been decided; not when the player has gone
     */
    <E extends Event> void decide(E event, Consumer<E> then) {
        boolean over = session.decide(event, decided -> {
            then.accept(decided);
            release();
        });
        if (!over) {
            holding = true;
            link.pause();
        }
    }

    private void release() {
        if (holding) {
            holding = false;
            link.resume();
        }
    }

    /** Nobody wants what the side has sent any more, nor what comes. */
    void abandon() {
        holding = false;
    }
}
