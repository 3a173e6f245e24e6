package infrarust.api.event;

/**
 * When a listener runs among the others of its event: lower numbers first.
 *
 * @param value 0 to 255
 */
public record EventPriority(int value) implements Comparable<EventPriority> {

    /** 0. */
    public static final EventPriority FIRST = new EventPriority(0);

    /** 64. */
    public static final EventPriority EARLY = new EventPriority(64);

    /** 128. */
    public static final EventPriority NORMAL = new EventPriority(128);

    /** 192. */
    public static final EventPriority LATE = new EventPriority(192);

    /** 255. */
    public static final EventPriority LAST = new EventPriority(255);

    /** @throws IllegalArgumentException if the value is not within 0 to 255 */
    public EventPriority {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(
                    "an event priority is a number from 0 (first) to 255 (last), not " + value);
        }
    }

    /** A priority between the named ones. */
    public static EventPriority of(int value) {
        return new EventPriority(value);
    }

    @Override
    public int compareTo(EventPriority other) {
        return Integer.compare(value, other.value);
    }
}
