package infrarust.proxy.event;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.Subscription;
import infrarust.proxy.service.FakePlayer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventDispatcherTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, LIMIT);
    private final EventBus bus = events.busOf("greeter");
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LogLines log = LogLines.of(EventDispatcher.class.getName());

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static <E extends Event> E await(java.util.concurrent.CompletionStage<E> fired) throws Exception {
        return fired.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Subscription listen(String name, EventPriority priority) {
        return bus.subscribe(ProxyInitializeEvent.class, priority, event -> heard.add(name));
    }

    @Nested
    class Order {

        @Test
        void is_by_priority_and_then_by_subscription() throws Exception {
            listen("last", EventPriority.LAST);
            listen("normal 1", EventPriority.NORMAL);
            listen("first", EventPriority.FIRST);
            listen("normal 2", EventPriority.NORMAL);
            listen("between", EventPriority.of(127));

            await(events.fire(new ProxyInitializeEvent()));

            assertThat(heard).containsExactly("first", "between", "normal 1", "normal 2", "last");
        }

        @Test
        void holds_when_listeners_finish_later() throws Exception {
            var finishes = new CompletableFuture<Void>();
            bus.subscribeAsync(
                    ProxyInitializeEvent.class,
                    EventPriority.FIRST,
                    event -> finishes.thenRun(() -> heard.add("slow")));
            listen("quick", EventPriority.NORMAL);

            var fired = events.fire(new ProxyInitializeEvent());
            assertThat(fired.toCompletableFuture()).isNotDone();
            finishes.complete(null);
            await(fired);

            assertThat(heard).containsExactly("slow", "quick");
        }

        @Test
        void of_one_player_is_the_order_of_firing() throws Exception {
            var player = new FakePlayer(1, "Ada");
            var loginSeen = new CompletableFuture<Void>();
            bus.subscribeAsync(
                    PostLoginEvent.class, EventPriority.NORMAL, event -> loginSeen.thenRun(() -> heard.add("login")));
            bus.subscribe(DisconnectEvent.class, event -> heard.add("leave"));

            events.fire(new PostLoginEvent(player));
            var left = events.fire(new DisconnectEvent(player, Optional.empty(), DisconnectEvent.Cause.CLIENT_QUIT));
            loginSeen.complete(null);
            await(left);

            assertThat(heard).containsExactly("login", "leave");
        }

        @Test
        void of_one_player_is_the_order_in_which_the_ends_are_told() throws Exception {
            var player = new FakePlayer(1, "Ada");
            var loginSeen = new CompletableFuture<Void>();
            bus.subscribeAsync(PostLoginEvent.class, EventPriority.NORMAL, event -> loginSeen);
            var leaving = new CountDownLatch(1);
            bus.subscribe(DisconnectEvent.class, event -> leaving.countDown());

            var overtaken = events.fire(new PostLoginEvent(player)).thenApply(event -> {
                try {
                    return leaving.await(100, TimeUnit.MILLISECONDS);
                } catch (InterruptedException stopping) {
                    throw new IllegalStateException(stopping);
                }
            });
            var left = events.fire(new DisconnectEvent(player, Optional.empty(), DisconnectEvent.Cause.CLIENT_QUIT));
            loginSeen.complete(null);
            await(left);

            assertThat(overtaken.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isFalse();
        }

        @Test
        void of_one_player_does_not_hold_up_another() throws Exception {
            var stuck = new CompletableFuture<Void>();
            bus.subscribeAsync(
                    PostLoginEvent.class,
                    EventPriority.NORMAL,
                    event -> event.player().id() == 1 ? stuck : CompletableFuture.completedStage(null));

            var first = events.fire(new PostLoginEvent(new FakePlayer(1, "Ada")));
            await(events.fire(new PostLoginEvent(new FakePlayer(2, "Bob"))));

            assertThat(first.toCompletableFuture()).isNotDone();
            stuck.complete(null);
            await(first);
        }
    }

    @Nested
    class Subscribing {

        @Test
        void to_one_event_hears_of_no_other() throws Exception {
            listen("initialize", EventPriority.NORMAL);

            await(events.fire(new ProxyShutdownEvent()));

            assertThat(heard).isEmpty();
        }

        @Test
        void while_an_event_is_delivered_does_not_change_that_delivery() throws Exception {
            bus.subscribe(ProxyInitializeEvent.class, event -> listen("added", EventPriority.LAST));

            await(events.fire(new ProxyInitializeEvent()));
            assertThat(heard).isEmpty();
            await(events.fire(new ProxyInitializeEvent()));
            assertThat(heard).containsExactly("added");
        }

        @Test
        void ends_with_the_subscription() throws Exception {
            var one = listen("one", EventPriority.NORMAL);
            listen("two", EventPriority.NORMAL);
            one.cancel();
            one.cancel();

            await(events.fire(new ProxyInitializeEvent()));

            assertThat(heard).containsExactly("two");
        }
    }

    @Nested
    class Firing {

        @Test
        void without_listeners_is_complete_at_once() {
            assertThat(events.fire(new ProxyInitializeEvent()).toCompletableFuture())
                    .isCompleted();
        }

        @Test
        void does_not_run_listeners_on_the_thread_that_fires() throws Exception {
            var ran = new AtomicReference<Thread>();
            bus.subscribe(ProxyInitializeEvent.class, event -> ran.set(Thread.currentThread()));

            await(events.fire(new ProxyInitializeEvent()));

            assertThat(ran.get()).isNotSameAs(Thread.currentThread());
            assertThat(ran.get().isVirtual()).isTrue();
        }

        @Test
        void leaves_no_deadline_behind() throws Exception {
            listen("one", EventPriority.NORMAL);
            bus.subscribeAsync(
                    ProxyInitializeEvent.class, EventPriority.NORMAL, event -> CompletableFuture.completedStage(null));

            await(events.fire(new ProxyInitializeEvent()));

            assertThat(clock.waiting()).isZero();
        }
    }

    @Nested
    class AListenerThatFails {

        @Test
        void does_not_keep_the_event_from_the_others_and_is_logged_with_its_plugin() throws Exception {
            bus.subscribe(ProxyInitializeEvent.class, event -> {
                throw new StackOverflowError("deep");
            });
            bus.subscribeAsync(
                    ProxyInitializeEvent.class,
                    EventPriority.NORMAL,
                    event -> CompletableFuture.failedStage(new IllegalStateException("later")));
            listen("next", EventPriority.LAST);

            await(events.fire(new ProxyInitializeEvent()));

            assertThat(heard).containsExactly("next");
            assertThat(log.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .isEqualTo("ERROR plugin 'greeter': its listener of ProxyInitializeEvent failed;"
                                    + " the event goes on without it"));
        }
    }

    @Nested
    class AListenerThatIsLate {

        @Test
        void is_interrupted_at_its_deadline_and_the_event_goes_on() throws Exception {
            var entered = new CountDownLatch(1);
            var interrupted = new CountDownLatch(1);
            bus.subscribe(ProxyInitializeEvent.class, event -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
            listen("next", EventPriority.LAST);

            var fired = events.fire(new ProxyInitializeEvent());
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT.minusMillis(1));
            assertThat(fired.toCompletableFuture()).isNotDone();
            clock.advance(Duration.ofMillis(1));
            await(fired);

            assertThat(heard).containsExactly("next");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN plugin 'greeter': its listener of ProxyInitializeEvent is busy for more than 1000 ms"
                                    + " (so far 1 times)",
                            "WARN plugin 'greeter': its listener of ProxyInitializeEvent took longer than 10000"
                                    + " ms; the event goes on without it");
        }

        @Test
        void has_its_stage_cancelled() throws Exception {
            var answer = new CompletableFuture<Void>();
            var entered = new CountDownLatch(1);
            bus.subscribeAsync(ProxyInitializeEvent.class, EventPriority.NORMAL, event -> {
                entered.countDown();
                return answer;
            });

            var fired = events.fire(new ProxyInitializeEvent());
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT);
            await(fired);

            assertThat(answer).isCancelled();
        }

        @Test
        void leaves_the_whole_time_to_the_next_one() throws Exception {
            var entered = List.of(new CountDownLatch(1), new CountDownLatch(1));
            for (CountDownLatch own : entered) {
                bus.subscribeAsync(ProxyInitializeEvent.class, EventPriority.NORMAL, event -> {
                    own.countDown();
                    return new CompletableFuture<>();
                });
            }

            var fired = events.fire(new ProxyInitializeEvent());
            assertThat(entered.get(0).await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT);
            assertThat(entered.get(1).await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT.minusMillis(1));
            assertThat(fired.toCompletableFuture()).isNotDone();
            clock.advance(Duration.ofMillis(1));
            await(fired);
        }
    }
}
