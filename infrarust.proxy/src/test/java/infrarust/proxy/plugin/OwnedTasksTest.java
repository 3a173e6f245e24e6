package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import infrarust.api.PluginMetadata;
import infrarust.api.scheduler.Scheduler;
import infrarust.api.scheduler.Task;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.event.LogLines;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OwnedTasksTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final PluginScope scope = new PluginScope(
            new PluginMetadata("timer", "Timer", "1"),
            GivenServices.of(new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT), clock));
    private final Scheduler scheduler = scope.scheduler();
    private final Semaphore runs = new Semaphore(0);
    private final LogLines log = LogLines.of("plugin.timer");

    @AfterEach
    void close() {
        scope.close();
        log.close();
    }

    private void hasRun(int times) throws InterruptedException {
        assertThat(runs.tryAcquire(times, 10, TimeUnit.SECONDS)).isTrue();
    }

    /** A run has returned when the next one waits, or the scope has let the task go. */
    private void until(BooleanSupplier condition) {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Nested
    class ATaskThatRunsOnce {

        @Test
        void runs_on_a_virtual_thread_and_is_forgotten() throws Exception {
            var virtual = new AtomicBoolean();
            Task task = scheduler.run(() -> {
                virtual.set(Thread.currentThread().isVirtual());
                runs.release();
            });
            hasRun(1);
            until(task::hasEnded);
            until(() -> scope.size() == 0);
            assertThat(virtual).isTrue();
        }

        @Test
        void waits_for_its_delay() throws Exception {
            Task task = scheduler.after(SECOND, runs::release);
            clock.advance(SECOND.minusMillis(1));
            assertThat(task.hasEnded()).isFalse();
            assertThat(runs.availablePermits()).isZero();
            clock.advance(Duration.ofMillis(1));
            hasRun(1);
        }

        @Test
        void does_not_run_when_it_was_cancelled() {
            Task task = scheduler.after(SECOND, runs::release);
            task.cancel();
            task.cancel();
            assertThat(clock.waiting()).isZero();
            assertThat(task.hasEnded()).isTrue();
            assertThat(scope.size()).isZero();
        }
    }

    @Nested
    class ARepeatingTask {

        @Test
        void runs_again_one_period_after_it_has_returned_and_never_twice_at_once() throws Exception {
            var goOn = new Semaphore(0);
            scheduler.every(SECOND, SECOND.multipliedBy(5), () -> {
                runs.release();
                goOn.acquire();
            });
            clock.advance(SECOND);
            hasRun(1);
            clock.advance(Duration.ofMinutes(1));
            assertThat(runs.availablePermits()).as("while one is under way").isZero();
            assertThat(clock.waiting()).isZero();

            goOn.release();
            until(() -> clock.waiting() == 1);
            clock.advance(SECOND.multipliedBy(5).minusMillis(1));
            assertThat(runs.availablePermits()).isZero();
            clock.advance(Duration.ofMillis(1));
            hasRun(1);
            goOn.release();
        }

        @Test
        void goes_on_after_a_failure_which_is_logged() throws Exception {
            scheduler.every(SECOND, () -> {
                runs.release();
                throw new IllegalStateException("this time");
            });
            clock.advance(SECOND);
            hasRun(1);
            until(() -> clock.waiting() == 1);
            clock.advance(SECOND);
            hasRun(1);
            assertThat(log.lines()).contains("ERROR plugin 'timer': a task of it has failed");
        }

        @Test
        void may_cancel_itself() throws Exception {
            var self = new AtomicReference<Task>();
            self.set(scheduler.every(SECOND, () -> {
                self.get().cancel();
                runs.release();
            }));
            clock.advance(SECOND);
            hasRun(1);
            until(() -> scope.size() == 0);
            assertThat(clock.waiting()).isZero();
        }

        @Test
        void needs_a_period() {
            assertThatIllegalArgumentException().isThrownBy(() -> scheduler.every(Duration.ZERO, runs::release));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.after(Duration.ofSeconds(-1), runs::release));
        }
    }

    @Nested
    class WithItsPlugin {

        @Test
        void what_waits_is_called_off_and_what_is_under_way_is_interrupted() throws Exception {
            var interrupted = new CountDownLatch(1);
            scheduler.run(() -> {
                runs.release();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                    throw expected;
                }
            });
            scheduler.every(SECOND, runs::release);
            hasRun(1);

            scope.close();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.waiting()).isZero();
            assertThat(log.lines()).as("an interrupt is no failure").isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> scheduler.run(runs::release));
        }

        @Test
        void what_was_cancelled_while_under_way_is_interrupted_too() throws Exception {
            var interrupted = new CountDownLatch(1);
            Task task = scheduler.run(() -> {
                runs.release();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
            hasRun(1);
            task.cancel();
            scope.close();
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
