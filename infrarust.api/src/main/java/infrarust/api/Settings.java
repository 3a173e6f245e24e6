package infrarust.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the operator has written for one plugin in {@code [plugins.ID]} of {@code infrarust.toml}, without the keys that the proxy
 * reads itself ({@code enabled} and what grants capabilities). It does not change while the plugin is enabled. Any thread may ask.
 *
 * <p>Reading is the schema: when {@link Plugin#onEnable} is done, the log names the keys that nobody has asked for, since most of
 * them are slips of the fingers. A value of the wrong kind throws {@link IllegalArgumentException} with a text for the operator that
 * names the key, what was found and what is expected; a plugin that lets it through {@link Plugin#onEnable} is refused
 * with that text.
 */
public interface Settings {

    /** The keys that are there. */
    Set<String> keys();

    /** A text. */
    Optional<String> text(String key);

    /** A whole number. */
    OptionalLong integer(String key);

    /** A number. */
    OptionalDouble number(String key);

    /** True or false. */
    Optional<Boolean> flag(String key);

    /** A time, written like {@code "5s"}, {@code "200ms"} or {@code "1h30m"}. */
    Optional<Duration> duration(String key);

    /** A list of texts; empty when it is not there. */
    List<String> texts(String key);

    /** A table inside; without keys when it is not there. */
    Settings table(String key);

    /** A text that says what is wrong with the value of a key, for plugins that check further. */
    IllegalArgumentException wrong(String key, String expected);

    /**
     * A whole number within bounds.
     *
     * @throws IllegalArgumentException if it is outside
     */
    default long integer(String key, long least, long most, long whenAbsent) {
        long value = integer(key).orElse(whenAbsent);
        if (value < least || value > most) {
            throw wrong(key, least + " to " + most);
        }
        return value;
    }
}
