package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.event.FakeDeadlines;
import infrarust.wasm.spi.CoreTrap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PluginActorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final List<PluginActor.Fault> faults = new CopyOnWriteArrayList<>();
    private final FakeInstance instance = new FakeInstance();
    private final PluginActor actor = new PluginActor("greeter", 2, clock, faults::add);

    PluginActorTest() throws Exception {
        assertThat(answer(actor.call("instantiate", LIMIT, () -> {
                    actor.own(instance);
                    return "ready";
                })))
                .isEqualTo("ready");
    }

    @AfterEach
    void stop() {
        instance.released.countDown();
        actor.close();
        assertThat(actor.awaitEnd(Duration.ofSeconds(10))).isTrue();
        assertThat(instance.closed).isTrue();
    }

    private static <T> T answer(CompletableFuture<CallOutcome<T>> call) throws Exception {
        return switch (call.get(10, TimeUnit.SECONDS)) {
            case CallOutcome.Answered<T>(T value) -> value;
            case CallOutcome.Unanswered<T>(String reason) -> throw new AssertionError(reason);
        };
    }

    private static String reason(CompletableFuture<? extends CallOutcome<?>> call) throws Exception {
        return switch (call.get(10, TimeUnit.SECONDS)) {
            case CallOutcome.Answered<?> answered -> throw new AssertionError(answered);
            case CallOutcome.Unanswered<?>(String reason) -> reason;
        };
    }

    /** A guest that computes until it is interrupted, as an engine would report it. */
    private static final class FakeInstance implements GuestInstance {

        private final AtomicLong running = new AtomicLong();
        private final AtomicLong last = new AtomicLong();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicBoolean poisoned = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();

        /** Not ended by a thread's interrupt: guest code knows none. */
        String loop() {
            running.set(last.incrementAndGet());
            entered.countDown();
            boolean waiting = true;
            while (waiting) {
                try {
                    released.await();
                    waiting = false;
                } catch (InterruptedException ignored) {
                    waiting = true; // the guest goes on
                }
            }
            running.set(0);
            throw trap(new CoreTrap.Interrupted("the call was stopped", null));
        }

        CoreTrap trap(CoreTrap trap) {
            poisoned.set(true);
            return trap;
        }

        @Override
        public long runningCall() {
            return running.get();
        }

        @Override
        public void interrupt(long call) {
            if (call == running.get()) {
                released.countDown();
            }
        }

        @Override
        public boolean isPoisoned() {
            return poisoned.get();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Nested
    class Calls {

        @Test
        void run_one_after_the_other_on_one_thread() throws Exception {
            List<Thread> threads = new CopyOnWriteArrayList<>();
            var first = actor.call("one", LIMIT, () -> threads.add(Thread.currentThread()));
            answer(first);
            answer(actor.call("two", LIMIT, () -> threads.add(Thread.currentThread())));
            assertThat(threads).hasSize(2);
            assertThat(threads.get(0)).isSameAs(threads.get(1)).isNotSameAs(Thread.currentThread());
            assertThat(clock.waiting()).as("deadlines left behind").isZero();
        }

        @Test
        void beyond_the_queue_are_refused_at_once() throws Exception {
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var running = actor.call("running", LIMIT, () -> {
                entered.countDown();
                go.await();
                return 1;
            });
            entered.await();
            var second = actor.call("second", LIMIT, () -> 2);
            var third = actor.call("third", LIMIT, () -> 3);
            assertThat(reason(actor.call("fourth", LIMIT, () -> 4))).isEqualTo("its queue is full");
            go.countDown();
            assertThat(answer(running) + answer(second) + answer(third)).isEqualTo(6);
        }

        @Test
        void that_fail_without_a_trap_are_no_fault() throws Exception {
            assertThat(reason(actor.call("x", LIMIT, () -> {
                        throw new IllegalArgumentException("256 is no u8");
                    })))
                    .contains("256 is no u8");
            assertThat(answer(actor.call("y", LIMIT, () -> "fine"))).isEqualTo("fine");
            assertThat(faults).isEmpty();
        }
    }

    @Nested
    class ACallPastItsDeadline {

        @Test
        void is_answered_for_at_once_and_stopped_and_that_is_a_fault() throws Exception {
            var call = actor.call("handle-event", LIMIT, instance::loop);
            assertThat(instance.entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT);

            assertThat(reason(call)).isEqualTo("handle-event took longer than 10000 ms");
            assertThat(actor.awaitEnd(Duration.ofSeconds(10))).isTrue();
            assertThat(faults).containsExactly(new PluginActor.Fault("handle-event", "trap: the call was stopped"));
            assertThat(instance.closed).isTrue();
        }

        @Test
        void is_skipped_if_it_still_waits() throws Exception {
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var ran = new AtomicBoolean();
            var running = actor.call("running", LIMIT.multipliedBy(2), () -> {
                entered.countDown();
                go.await();
                return 1;
            });
            entered.await();
            var waiting = actor.call("waiting", LIMIT, () -> ran.getAndSet(true));
            clock.advance(LIMIT);
            assertThat(reason(waiting)).contains("waiting took longer");
            go.countDown();
            answer(running);
            answer(actor.call("next", LIMIT, () -> "served"));
            assertThat(ran).isFalse();
            assertThat(faults).isEmpty();
        }

        @Test
        void in_a_host_function_is_woken_and_leaves_no_interrupt_to_the_next_call() throws Exception {
            var entered = new CountDownLatch(1);
            var call = actor.call("sleeping", LIMIT, () -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException woken) {
                    Thread.currentThread().interrupt();
                }
                return "woken";
            });
            entered.await();
            clock.advance(LIMIT);
            assertThat(reason(call)).contains("sleeping took longer");
            assertThat(answer(actor.call(
                            "next", LIMIT, () -> Thread.currentThread().isInterrupted())))
                    .isFalse();
        }
    }

    @Nested
    class ATrap {

        @Test
        void ends_the_plugin_and_answers_every_later_call_at_once() throws Exception {
            var call = actor.call("handle-event", LIMIT, () -> {
                throw instance.trap(new CoreTrap.Unreachable("unreachable executed", null));
            });
            assertThat(reason(call)).isEqualTo("trap: unreachable executed");
            assertThat(faults).containsExactly(new PluginActor.Fault("handle-event", "trap: unreachable executed"));
            assertThat(reason(actor.call("on-disable", LIMIT, () -> "never")))
                    .isEqualTo("it failed in handle-event: trap: unreachable executed");
            assertThat(actor.isServing()).isFalse();
        }

        @Test
        void answers_what_waits() throws Exception {
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var call = actor.call("one", LIMIT, () -> {
                entered.countDown();
                go.await();
                throw instance.trap(new CoreTrap.MemoryOutOfBounds("out of bounds", null));
            });
            entered.await();
            var waiting = actor.call("two", LIMIT, () -> "never");
            go.countDown();
            assertThat(reason(call)).contains("out of bounds");
            assertThat(reason(waiting)).contains("out of bounds");
        }
    }

    @Nested
    class Closing {

        @Test
        void stops_what_runs_and_answers_what_waits() throws Exception {
            var running = actor.call("running", LIMIT, instance::loop);
            assertThat(instance.entered.await(10, TimeUnit.SECONDS)).isTrue();
            var waiting = actor.call("waiting", LIMIT, () -> "never");
            actor.close();
            assertThat(reason(running)).isEqualTo("the plugin is stopped");
            assertThat(reason(waiting)).isEqualTo("the plugin is stopped");
            assertThat(reason(actor.call("later", LIMIT, () -> "never"))).isEqualTo("the plugin is stopped");
            assertThat(actor.awaitEnd(Duration.ofSeconds(10))).isTrue();
            assertThat(faults).as("stopping is no fault").isEmpty();
        }
    }
}
