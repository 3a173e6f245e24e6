package infrarust.proxy.filter;

import infrarust.api.filter.RawPacket;
import infrarust.api.filter.Verdict;
import infrarust.api.player.Player;
import infrarust.proxy.net.Deadlines;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an asynchronous listener has been asked. It is answered once, on the chain's loop: by the listener, by the deadline, or because nobody
 * waits for the listener any more.
 */
final class Question {

    private final Stage.Later stage;
    private final int place;
    private final Stage[] stages;
    private final Consumer<Question> answered;
    private @Nullable Thread thread;
    private Deadlines.@Nullable Deadline deadline;
    private Verdict verdict = Verdict.pass();
    private boolean over;

    /**
     * @param stages those that the packet goes through
     * @param place of the listener among them
     * @param answered hears that it is answered
     */
    Question(Stage[] stages, int place, Stage.Later stage, Consumer<Question> answered) {
        this.stages = stages;
        this.place = place;
        this.stage = stage;
        this.answered = answered;
    }

    /** Asks, on a new virtual thread. */
    void ask(Player player, RawPacket packet, Executor loop, FilterChain.Time time) {
        deadline = time.deadlines().arm(time.longest(), this::late);
        thread = Thread.ofVirtual().name("packet-listener").start(() -> {
            CompletionStage<Verdict> answer;
            try {
                answer = stage.kind().listener().packet(player, packet);
            } catch (Throwable failure) { // foreign code: whatever it throws, the packet waits for an answer
                on(loop, () -> answer(null, failure));
                return;
            }
            if (answer == null) {
                on(loop, () -> answer(null, new NullPointerException("the listener answered null")));
                return;
            }
            var _ = answer.whenComplete((decided, failure) -> on(loop, () -> answer(decided, failure)));
        });
    }

    private static void on(Executor loop, Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException stopping) {
            // The loop has ended, and the connection with it.
        }
    }

    private void answer(@Nullable Verdict decided, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (decided == null) {
            Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure;
            stage.faults().add("failed", "the packet passes", cause);
        } else {
            verdict = decided;
        }
        end();
    }

    private void late() {
        if (!over) {
            stage.faults().add("took too long", "the packet passes", null);
            giveUp();
        }
    }

    /** The packet passes, as far as this listener is concerned. */
    void giveUp() {
        if (!over) {
            interrupt();
            end();
        }
    }

    /** Nobody waits any more. */
    void forget() {
        if (!over) {
            over = true;
            disarm();
            interrupt();
        }
    }

    private void end() {
        over = true;
        disarm();
        answered.accept(this);
    }

    private void disarm() {
        if (deadline != null) {
            deadline.disarm();
        }
    }

    private void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    Stage.Later stage() {
        return stage;
    }

    Stage[] stages() {
        return stages;
    }

    int place() {
        return place;
    }

    Verdict verdict() {
        return verdict;
    }
}
