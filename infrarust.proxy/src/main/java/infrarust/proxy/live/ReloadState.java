package infrarust.proxy.live;

import infrarust.proxy.config.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the configuration and its files stand to each other.
 *
 * @param changes how often another one has begun to hold since the start
 * @param lastChange when that was last
 * @param problems what is wrong with the files as they were read last; empty when they are what holds
 * @param restart keys of the file that hold only from the next start on
 */
public record ReloadState(int changes, Optional<Instant> lastChange, List<Problem> problems, List<String> restart) {

    static final ReloadState INITIAL = new ReloadState(0, Optional.empty(), List.of(), List.of());

    ReloadState changed(Instant now, List<String> needRestart) {
        return new ReloadState(changes + 1, Optional.of(now), List.of(), needRestart);
    }

    ReloadState unchanged(List<String> needRestart) {
        return new ReloadState(changes, lastChange, List.of(), needRestart);
    }

    ReloadState failed(List<Problem> found) {
        return new ReloadState(changes, lastChange, List.copyOf(found), restart);
    }
}
