package infrarust.proxy.event;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.ConnectionRejectedEvent.Reason;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostedEventsTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final EventBus bus = events.busOf("watcher");
    private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    private final LogLines log = LogLines.of(EventDispatcher.class.getName());

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static ConnectionRejectedEvent event(int number) {
        return new ConnectionRejectedEvent(
                InetSocketAddress.createUnresolved("client", number), Optional.empty(), Reason.RATE_LIMIT);
    }

    private static int number(ConnectionRejectedEvent event) {
        return event.remoteAddress().getPort();
    }

    private int next() throws InterruptedException {
        Integer next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void arrive_one_after_the_other_in_the_order_of_posting() throws Exception {
        bus.subscribe(ConnectionRejectedEvent.class, event -> heard.add(number(event)));

        IntStream.range(0, 1000).forEach(number -> events.post(event(number)));

        for (int number = 0; number < 1000; number++) {
            assertThat(next()).isEqualTo(number);
        }
    }

    @Test
    void wait_for_a_listener_that_takes_its_time_and_hold_up_nobody_who_posts() throws Exception {
        var answer = new CompletableFuture<Void>();
        bus.subscribeAsync(ConnectionRejectedEvent.class, EventPriority.NORMAL, event -> {
            heard.add(number(event));
            return answer;
        });

        events.post(event(1));
        events.post(event(2));

        assertThat(next()).isEqualTo(1);
        assertThat(heard.poll(50, TimeUnit.MILLISECONDS)).isNull();
        answer.complete(null);
        assertThat(next()).isEqualTo(2);
    }

    @Test
    void beyond_what_the_queue_holds_are_dropped_and_counted() throws Exception {
        var answer = new CompletableFuture<Void>();
        bus.subscribeAsync(ConnectionRejectedEvent.class, EventPriority.NORMAL, event -> {
            heard.add(number(event));
            return answer;
        });
        events.post(event(0));
        assertThat(next()).isZero();

        IntStream.rangeClosed(1, Notifications.CAPACITY + 3).forEach(number -> events.post(event(number)));

        assertThat(events.dropped()).isEqualTo(3);
        assertThat(log.lines())
                .containsExactly(
                        "WARN 4096 events wait for the plugins' listeners, which are slower than what happens;"
                                + " 1 dropped so far",
                        "WARN 4096 events wait for the plugins' listeners, which are slower than what happens;"
                                + " 2 dropped so far");
        answer.complete(null);
        for (int number = 1; number <= Notifications.CAPACITY; number++) {
            assertThat(next()).isEqualTo(number);
        }
        events.post(event(7));
        assertThat(next()).isEqualTo(7);
    }

    @Test
    void reach_those_who_listen_when_their_turn_comes() throws Exception {
        var answer = new CompletableFuture<Void>();
        Subscription slow = bus.subscribeAsync(ConnectionRejectedEvent.class, EventPriority.NORMAL, event -> {
            heard.add(number(event));
            return answer;
        });
        events.post(event(1));
        events.post(event(2));
        assertThat(next()).isEqualTo(1);
        slow.cancel();
        bus.subscribe(ConnectionRejectedEvent.class, event -> heard.add(-number(event)));
        answer.complete(null);

        assertThat(next()).isEqualTo(-2);
    }

    @Test
    void that_nobody_hears_are_not_kept() throws Exception {
        events.post(event(1));
        bus.subscribe(ConnectionRejectedEvent.class, event -> heard.add(number(event)));
        events.post(event(2));

        assertThat(next()).isEqualTo(2);
    }
}
