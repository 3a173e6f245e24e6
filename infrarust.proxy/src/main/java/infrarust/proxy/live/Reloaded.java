package infrarust.proxy.live;

import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.Problem;
import java.util.List;

/** What came of the wish to have another configuration. */
public sealed interface Reloaded {

    /** It holds. */
    record Changed(ConfigDiff diff) implements Reloaded {}

    /**
     * It says what it said.
     *
     * @param diff may name settings that need a restart
     */
    record Unchanged(ConfigDiff diff) implements Reloaded {}

    /** It cannot be used; the last good one stays. */
    record Failed(List<Problem> problems) implements Reloaded {}
}
