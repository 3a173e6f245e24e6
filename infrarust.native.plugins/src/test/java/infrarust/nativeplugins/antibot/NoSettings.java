package infrarust.nativeplugins.antibot;

import infrarust.api.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Settings without a key. */
final class NoSettings implements Settings {

    @Override
    public Set<String> keys() {
        return Set.of();
    }

    @Override
    public Optional<String> text(String key) {
        return Optional.empty();
    }

    @Override
    public OptionalLong integer(String key) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalDouble number(String key) {
        return OptionalDouble.empty();
    }

    @Override
    public Optional<Boolean> flag(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> duration(String key) {
        return Optional.empty();
    }

    @Override
    public List<String> texts(String key) {
        return List.of();
    }

    @Override
    public Settings table(String key) {
        return this;
    }

    @Override
    public IllegalArgumentException wrong(String key, String expected) {
        return new IllegalArgumentException("`" + key + "` is not set; expected is " + expected);
    }
}
