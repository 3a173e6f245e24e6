package infrarust.proxy.event;

import infrarust.api.event.AsyncEventListener;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventListener;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PlayerEvent;
import infrarust.api.event.Subscription;
import infrarust.api.player.Player;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus. {@link #fire} never blocks: listeners run on virtual threads, one after the other, and the returned stage
 * completes when the last one has dealt with the event, failed, or missed its deadline. It never completes exceptionally.
 *
 * <p>The stage completes on a thread of this class. A caller that lives on an event loop comes back with {@code
 * whenCompleteAsync(action, channel.eventLoop())}, and stops reading from that player meanwhile. With nobody subscribed the
 * stage is complete when {@link #fire} returns, and the {@code Async} form still goes through the loop's queue; check {@code
 * toCompletableFuture().isDone()} to save that.
 *
 * <p>{@linkplain PlayerEvent Events of one player} are delivered one after the other in the order in which they were fired, and
 * whoever waits for one has been told of its end before the next begins.
 * A listener must therefore not wait for another event of the same player; one that does waits for its own deadline.
 *
 * <p>{@linkplain #post Posted} events are those whose number strangers decide: they have one bounded queue, and cost nobody's time
 * but that of those who listen.
 */
public final class EventDispatcher {

    /** How long a listener may take unless configured: {@code [events] handler_timeout}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a listener may be busy before the log says so. */
    public static final Duration SLOW = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    /** The events that only the proxy fires are in packages of this name. */
    private static final String OF_THE_PROXY = "infrarust.api.";

    private final Deadlines deadlines;
    private final Duration timeout;
    private final Notifications notifications = new Notifications(this::fire);
    private final ConcurrentHashMap<Timing.Key, Timing> timings = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Class<? extends Event>, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final AccessGuard guard = new AccessGuard();
    private final ConcurrentHashMap<Player, CompletableFuture<?>> lastOfPlayer = new ConcurrentHashMap<>();

    /**
     * @param deadlines the clock that the deadlines are measured with
     * @param timeout how long each listener may take, more than zero
     */
    public EventDispatcher(Deadlines deadlines, Duration timeout) {
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    /** How long each listener may take. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether firing an event of that exact class could change anything now. Any thread; takes no lock. */
    public boolean isHeard(Class<? extends Event> type) {
        return listeners.containsKey(type) || guard.isClosed(type);
    }

    /**
     * A plugin that has subscribed is going away and is to come back. Until the answer is ended, events that decide access
     * and to which it listens now are denied; also those that are being delivered. Any thread.
     */
    public AccessGuard.Absence away(String owner) {
        Set<Class<? extends Event>> types = new HashSet<>();
        listeners.forEach((type, present) -> {
            if (present.stream().anyMatch(listener -> listener.owner().equals(owner))) {
                types.add(type);
            }
        });
        return guard.close(owner, types);
    }

    /**
     * A bus whose subscriptions are logged under {@code owner}. Any thread may use it.
     *
     * @param owner a plugin id, or a word for the part of the proxy that listens
     */
    public EventBus busOf(String owner) {
        return new EventBus() {
            @Override
            public <E extends Event> Subscription subscribe(
                    Class<E> type, EventPriority priority, EventListener<? super E> listener) {
                return add(type, new Listener(owner, priority, timing(owner, type), event -> {
                    listener.handle(type.cast(event));
                    return null;
                }));
            }

            @Override
            public <E extends Event> Subscription subscribeAsync(
                    Class<E> type, EventPriority priority, AsyncEventListener<? super E> listener) {
                return add(
                        type,
                        new Listener(owner, priority, timing(owner, type), event -> listener.handle(type.cast(event))));
            }

            @Override
            public <E extends Event> CompletionStage<E> fire(E event) {
                Class<?> type = event.getClass();
                if (type.getPackageName().startsWith(OF_THE_PROXY)) {
                    throw new IllegalArgumentException(
                            "only the proxy fires a " + type.getSimpleName() + "; make an event class of your own");
                }
                return EventDispatcher.this.fire(event);
            }
        };
    }

    /** How long the listeners of every plugin have taken so far, by plugin and event. Any thread. */
    public List<ListenerReport> reports() {
        return timings.values().stream()
                .map(Timing::report)
                .sorted(Comparator.comparing(ListenerReport::owner).thenComparing(ListenerReport::event))
                .toList();
    }

    /** The same of one plugin. Any thread. */
    public List<ListenerReport> reports(String owner) {
        return reports().stream().filter(report -> report.owner().equals(owner)).toList();
    }

    /** How many {@linkplain #post posted} events have been dropped so far because the queue was full. Any thread. */
    public long dropped() {
        return notifications.dropped();
    }

    /**
     * Delivers an event to everyone who listens now. Any thread may call, an event loop included.
     *
     * @return completes with {@code event} when all have dealt with it
     */
    public <E extends Event> CompletionStage<E> fire(E event) {
        List<Listener> snapshot = listeners.getOrDefault(event.getClass(), List.of());
        AccessCheck access = AccessCheck.of(event, guard);
        if (snapshot.isEmpty()) {
            access.settle();
            return CompletableFuture.completedStage(event);
        }
        var delivery = new Delivery<>(event, snapshot, deadlines, timeout, access);
        if (event instanceof PlayerEvent ofPlayer) {
            afterEarlierEventsOf(ofPlayer.player(), delivery);
        } else {
            delivery.start();
        }
        return delivery.done();
    }

    /**
     * Delivers an event and goes on: at once when nobody listens, so that nothing is waited for that nobody does, else on the
     * executor. Any thread may call.
     *
     * @param executor for instance the event loop that waits
     * @param then gets {@code event} when all have dealt with it
     * @return whether it has gone on already
     */
    public <E extends Event> boolean fire(E event, Executor executor, Consumer<? super E> then) {
        CompletionStage<E> told = fire(event);
        if (told.toCompletableFuture().isDone()) {
            then.accept(event);
            return true;
        }
        var _ = told.thenRunAsync(() -> then.accept(event), executor).exceptionally(fault -> {
            // Nobody else would hear of it. An executor that takes nothing any more has been shut down, with all that
            // waits.
            if (!(fault.getCause() instanceof RejectedExecutionException)) {
                LOG.error("What follows {} failed", event.getClass().getSimpleName(), fault);
            }
            return null;
        });
        return false;
    }

    /**
     * Delivers an event for which nobody waits: one posted event after the other, in the order in which they were posted, to
     * those who listen when its turn comes. When {@value Notifications#CAPACITY} wait already it is dropped, and the log says so. Any
     * thread may call, an event loop included.
     */
    public void post(Event event) {
        if (isHeard(event.getClass())) {
            notifications.add(event);
        }
    }

    private Timing timing(String owner, Class<?> type) {
        // By name: the class of a plugin's own event must not outlive the plugin here.
        return timings.computeIfAbsent(new Timing.Key(owner, type.getName()), key -> new Timing(owner, type));
    }

    private void afterEarlierEventsOf(Player player, Delivery<?> delivery) {
        CompletableFuture<?> told = delivery.told();
        CompletableFuture<?> earlier = lastOfPlayer.put(player, told);
        var _ = told.whenComplete((nothing, failure) -> lastOfPlayer.remove(player, told));
        if (earlier == null) {
            delivery.start();
        } else {
            var _ = earlier.whenComplete((event, failure) -> delivery.start());
        }
    }

    private Subscription add(Class<? extends Event> type, Listener listener) {
        listeners.merge(type, List.of(listener), EventDispatcher::insert);
        return () -> listeners.computeIfPresent(type, (key, present) -> {
            List<Listener> left =
                    present.stream().filter(other -> other != listener).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Keeps the list sorted by priority; {@code added} goes behind its equals. A fired event keeps the list it began with. */
    private static List<Listener> insert(List<Listener> present, List<Listener> added) {
        // Stable sort: equals stay in the order of subscription.
        return Stream.concat(present.stream(), added.stream())
                .sorted((one, other) -> one.priority().compareTo(other.priority()))
                .toList();
    }
}
