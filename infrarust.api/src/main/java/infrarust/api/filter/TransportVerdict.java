package infrarust.api.filter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What becomes of a connection. */
public sealed interface TransportVerdict {

    /** It goes on, and the filter hears no more of it. */
    record Accept() implements TransportVerdict {}

    /**
     * It goes on, and somebody watches it.
     *
     * @param by made for this connection
     */
    record Watch(TransportWatch by) implements TransportVerdict {}

    /** It is closed without a word. */
    record Reject() implements TransportVerdict {}

    /** An {@link Accept}, at once. */
    static CompletionStage<TransportVerdict> accept() {
        return CompletableFuture.completedStage(new Accept());
    }

    /** A {@link Watch}, at once. */
    static CompletionStage<TransportVerdict> watch(TransportWatch by) {
        return CompletableFuture.completedStage(new Watch(by));
    }

    /** A {@link Reject}, at once. */
    static CompletionStage<TransportVerdict> reject() {
        return CompletableFuture.completedStage(new Reject());
    }
}
