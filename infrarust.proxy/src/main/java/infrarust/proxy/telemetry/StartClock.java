package infrarust.proxy.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long ago this process was asked to start. The management beans know it too, but asking them costs a tenth of the
 * start that is to be measured.
 */
public final class StartClock {

    /** The system property by which a launcher says when it began: the system's uptime in seconds, with a fraction. */
    public static final String PROPERTY = "infrarust.start";

    private static final Path UPTIME = Path.of("/proc/uptime");

    /** More than any start takes; such a value is a clock that was set, or a process that had another life before. */
    private static final Duration IMPLAUSIBLE = Duration.ofMinutes(2);

    private final long began;

    private StartClock(Duration age) {
        this.began = System.nanoTime() - age.toNanos();
    }

    /**
     * Of this process: since the launcher began if it says so, else since the process did, else since now. As exact as the
     * system counts, which is a hundredth of a second on Linux.
     */
    public static StartClock ofProcess() {
        return new StartClock(sinceLauncher(Optional.ofNullable(System.getProperty(PROPERTY)))
                .filter(StartClock::plausible)
                .or(() -> ProcessHandle.current().info().startInstant().map(at -> Duration.between(at, Instant.now())))
                .filter(StartClock::plausible)
                .orElse(Duration.ZERO));
    }

    private static boolean plausible(Duration age) {
        return !age.isNegative() && age.compareTo(IMPLAUSIBLE) < 0;
    }

    private static Optional<Duration> sinceLauncher(Optional<String> uptimeThen) {
        return uptimeThen.flatMap(StartClock::seconds).flatMap(then -> {
            try {
                return seconds(Files.readString(UPTIME).split(" ", 2)[0]).map(now -> now.minus(then));
            } catch (IOException e) {
                return Optional.empty(); // not Linux; the process's own start will do
            }
        });
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The time that has passed. Any thread. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
