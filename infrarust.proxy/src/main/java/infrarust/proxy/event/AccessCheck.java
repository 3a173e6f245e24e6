package infrarust.proxy.event;

import infrarust.api.event.AccessEvent;
import infrarust.api.event.Event;

/** Sees to it that one event ends denied when somebody who should have decided it did not. Any thread. */
interface AccessCheck {

    /** For events that nobody is kept out by. */
    AccessCheck NONE = new AccessCheck() {};

    /** A listener has failed or was late. */
    default void unanswered() {}

    /** All have had their turn; nobody changes the event any more. */
    default void settle() {}

    /** What becomes of the event without that listener, for the log. */
    default String consequence() {
        return "the event goes on without it";
    }

    /** The check of an event that is being fired. */
    static AccessCheck of(Event event, AccessGuard guard) {
        return event instanceof AccessEvent access ? new OfAccess(access, guard) : NONE;
    }

    /** Denies at the end, since a listener behind the one that failed may have allowed. */
    final class OfAccess implements AccessCheck {

        private final AccessEvent event;
        private final AccessGuard guard;
        private final long closings;
        private volatile boolean unanswered;

        OfAccess(AccessEvent event, AccessGuard guard) {
            this.event = event;
            this.guard = guard;
            this.closings = guard.closings(event.getClass());
        }

        @Override
        public void unanswered() {
            unanswered = true;
        }

        @Override
        public void settle() {
            if (unanswered) {
                event.deny(AccessGuard.UNCHECKED);
            } else if (guard.isClosed(event.getClass()) || guard.closings(event.getClass()) != closings) {
                guard.tell(event.getClass());
                event.deny(AccessGuard.AWAY);
            }
        }

        @Override
        public String consequence() {
            return "the event is denied";
        }
    }
}
