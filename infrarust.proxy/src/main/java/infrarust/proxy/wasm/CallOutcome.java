package infrarust.proxy.wasm;

/**
 * What became of a call into a plugin.
 *
 * @param <T> what the call answers
 */
public sealed interface CallOutcome<T> {

    /** The plugin answered. */
    record Answered<T>(T value) implements CallOutcome<T> {}

    /**
     * The plugin did not answer: it failed now or before, is stopped, too slow, or has too many calls waiting.
     *
     * @param reason for the log
     */
    record Unanswered<T>(String reason) implements CallOutcome<T> {}
}
