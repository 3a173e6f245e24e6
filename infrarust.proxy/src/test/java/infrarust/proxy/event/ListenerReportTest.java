package infrarust.proxy.event;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyShutdownEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerReportTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, LIMIT);
    private final EventBus bus = events.busOf("greeter");
    private final LogLines log = LogLines.of(EventDispatcher.class.getName());

    @AfterEach
    void stopListening() {
        log.close();
    }

    /** Fires an event whose only listener takes that long, and waits until all is over. */
    private void takes(Duration time) throws Exception {
        var answer = new CompletableFuture<Void>();
        var entered = new CountDownLatch(1);
        var subscription = bus.subscribeAsync(ProxyInitializeEvent.class, EventPriority.NORMAL, event -> {
            entered.countDown();
            return answer;
        });
        var fired = events.fire(new ProxyInitializeEvent());
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        clock.advance(time);
        answer.complete(null);
        fired.toCompletableFuture().get(10, TimeUnit.SECONDS);
        subscription.cancel();
    }

    @Test
    void counts_calls_and_time_by_plugin_and_event() throws Exception {
        takes(Duration.ofMillis(300));
        takes(Duration.ofMillis(700));
        var subscription = events.busOf("other").subscribe(ProxyShutdownEvent.class, event -> {
            throw new IllegalStateException("no");
        });
        events.fire(new ProxyShutdownEvent()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        subscription.cancel();

        assertThat(events.reports("greeter"))
                .containsExactly(new ListenerReport(
                        "greeter", "ProxyInitializeEvent", 2, 0, 0, 0, Duration.ofMillis(700), Duration.ofSeconds(1)));
        assertThat(events.reports()).hasSize(2);
        assertThat(events.reports("other").getFirst().failed()).isOne();
    }

    @Test
    void counts_those_who_are_given_up_as_late() throws Exception {
        takes(LIMIT);

        ListenerReport report = events.reports("greeter").getFirst();
        assertThat(report.calls()).isOne();
        assertThat(report.late()).isOne();
        assertThat(report.slowest()).isEqualTo(LIMIT);
    }

    @Test
    void of_a_slow_listener_is_in_the_log_the_first_the_second_and_the_fourth_time() throws Exception {
        takes(Duration.ofMillis(999));
        assertThat(log.lines()).isEmpty();
        for (int i = 0; i < 5; i++) {
            takes(Duration.ofMillis(1001));
        }

        assertThat(events.reports("greeter").getFirst().slow()).isEqualTo(5);
        assertThat(log.lines())
                .hasSize(3)
                .last()
                .isEqualTo("WARN plugin 'greeter': its listener of ProxyInitializeEvent is busy for more than 1000 ms"
                        + " (so far 4 times)");
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void is_not_made_of_events_that_nobody_hears() {
        events.fire(new ProxyInitializeEvent());

        assertThat(events.reports()).isEmpty();
    }
}
