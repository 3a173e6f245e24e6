package infrarust.proxy.event;

import infrarust.api.event.Event;
import infrarust.api.event.PlayerEvent;
import infrarust.api.player.Player;
import java.util.Optional;

/** Which event the calling thread is delivering to a listener, so that a wait that only a deadline would end can be told. */
public final class Handling {

    private static final ScopedValue<Event> EVENT = ScopedValue.newInstance();

    private Handling() {}

    /** Calls a listener of that event. */
    static <R> R of(Event event, ScopedValue.CallableOp<R, Exception> listener) throws Exception {
        return ScopedValue.where(EVENT, event).call(listener);
    }

    /** The event of that player that the calling thread is delivering to a listener. Any thread. */
    public static Optional<PlayerEvent> ofPlayer(Player player) {
        return EVENT.isBound()
                        && EVENT.get() instanceof PlayerEvent event
                        && event.player().equals(player)
                ? Optional.of(event)
                : Optional.empty();
    }
}
