package infrarust.api.ban;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where bans are kept. The proxy has one of its own; a plugin's is used when the operator names the plugin in {@code
 * [ban] provider}.
 *
 * <p>Every method is called on a virtual thread, those of different players at the same time; blocking is welcome. A
 * check has the time that {@code [ban] check_timeout} says (5 s). One that fails or is late refuses a login and lets a
 * ping pass. The other methods have 30 s. The proxy disconnects players and fires the events; the provider only
 * remembers. Expired bans must not be answered.
 */
public interface BanProvider {

    /**
     * Whether somebody is kept out.
     *
     * @return completes with the ban that does, if one does
     */
    CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt);

    /**
     * Keeps a ban, in place of an earlier one of the same target.
     *
     * @return completes when it cannot be lost any more
     */
    CompletionStage<Ban> ban(BanRequest request, BanSource source);

    /**
     * Lifts the ban of exactly that target.
     *
     * @return completes, when it cannot come back any more, with the ban that there was
     */
    CompletionStage<Optional<Ban>> unban(BanTarget target, BanSource source);

    /** The ban of exactly that target. */
    CompletionStage<Optional<Ban>> get(BanTarget target);

    /**
     * The bans, the newest first.
     *
     * @param cursor of the page before; empty for the first page
     * @param limit how many at most, from 1 to {@link Page#MOST}
     */
    CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit);

    /** What was done, the newest first, as {@link #list}; nothing from a provider that keeps no account of it. */
    default CompletionStage<Page<BanAuditEntry>> audit(Optional<String> cursor, int limit) {
        return CompletableFuture.completedStage(Page.empty());
    }
}
