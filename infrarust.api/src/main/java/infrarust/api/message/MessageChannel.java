package infrarust.api.message;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a channel: one since 1.13, perhaps another one before. A version in which the channel has no name cannot use it.
 *
 * @param modern the name since 1.13, {@code namespace:path} in lower case, at most 128 characters; empty if the channel ended
 *     with 1.12.2
 * @param legacy the name up to 1.12.2, 1 to 20 characters; empty if the channel begins with 1.13
 */
public record MessageChannel(Optional<String> modern, Optional<String> legacy) {

    private static final Pattern MODERN = Pattern.compile("[a-z0-9_.-]+:[a-z0-9_./-]+");
    private static final int MAX_MODERN = 128;
    private static final int MAX_LEGACY = 20;

    /** @throws IllegalArgumentException if there is no name, or one of another form */
    public MessageChannel {
        if (modern.isEmpty() && legacy.isEmpty()) {
            throw new IllegalArgumentException("a channel needs a name");
        }
        modern.ifPresent(name -> {
            if (name.length() > MAX_MODERN || !MODERN.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" is no name of a channel since 1.13: expected is"
                        + " namespace:path of at most " + MAX_MODERN + " characters, of a-z, 0-9, and _ . - /");
            }
        });
        legacy.ifPresent(name -> {
            if (name.isEmpty() || name.length() > MAX_LEGACY) {
                throw new IllegalArgumentException("\"" + name
                        + "\" is no name of a channel before 1.13: those have 1 to " + MAX_LEGACY + " characters");
            }
        });
    }

    /**
     * A channel with that name in every version; only since 1.13 if it is longer than the 20 characters of earlier ones.
     *
     * @throws IllegalArgumentException if it is not of the form {@code namespace:path}
     */
    public static MessageChannel of(String name) {
        return new MessageChannel(
                Optional.of(name), name.length() <= MAX_LEGACY ? Optional.of(name) : Optional.empty());
    }

    /** A channel with one name since 1.13, and another one before. */
    public static MessageChannel of(String modern, String legacy) {
        return new MessageChannel(Optional.of(modern), Optional.of(legacy));
    }

    /** A channel of versions before 1.13. */
    public static MessageChannel ofLegacy(String name) {
        return new MessageChannel(Optional.empty(), Optional.of(name));
    }

    /** The name by which clients and servers of that protocol number know it. */
    public Optional<String> nameIn(int protocolVersion) {
        return protocolVersion >= 393 ? modern : legacy;
    }

    @Override
    public String toString() {
        return modern.or(() -> legacy).orElseThrow();
    }
}
