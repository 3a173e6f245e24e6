package infrarust.api.ban;

import infrarust.api.event.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who is kept out. Any thread may call; no method waits. The stages complete on any thread, within 30 s; exceptionally with
 * {@link BansUnavailableException} when the bans cannot be read or written, or the operator has switched them off.
 */
public interface Bans {

    /**
     * Keeps somebody out, in place of an earlier ban of the same target, disconnects whom it hits unless the request says
     * otherwise, and fires {@link infrarust.api.event.BanIssuedEvent}.
     *
     * @return completes with the ban as it is kept, once neither the end of the process nor of the machine can lose it
     */
    CompletionStage<Ban> ban(BanRequest request);

    /**
     * Lifts the ban of exactly that target, and fires {@link infrarust.api.event.BanRevokedEvent}.
     *
     * @return completes with the ban that there was, if there was one, once it cannot come back
     */
    CompletionStage<Optional<Ban>> unban(BanTarget target);

    /** The ban of exactly that target, unless it has expired. */
    CompletionStage<Optional<Ban>> get(BanTarget target);

    /** Whether somebody would be kept out now, by whatever ban. */
    CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt);

    /**
     * The bans that hold, the newest first.
     *
     * @param cursor of the page before; empty for the first page
     * @param limit how many at most, from 1; at most {@link Page#MOST} are given
     */
    CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit);

    /** What was done about bans, the newest first, as {@link #list}; the proxy's own account has the last 10,000. */
    CompletionStage<Page<BanAuditEntry>> audit(Optional<String> cursor, int limit);

    /**
     * Keeps the bans of the whole proxy from now on, until the subscription is cancelled or the plugin goes; then, and
     * until it is called, every login is refused.
     *
     * @throws IllegalStateException unless {@code [ban] provider} names this plugin; the message says what it names
     */
    Subscription provide(BanProvider provider);
}
