package infrarust.proxy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.PlayerEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ResultedEvent;
import infrarust.api.event.Subscription;
import infrarust.api.player.Player;
import infrarust.proxy.service.FakePlayer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Events that plugins make and fire themselves. */
class OwnEventsTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final EventBus shop = events.busOf("shop");
    private final EventBus bank = events.busOf("bank");

    /** Somebody buys something; a listener may say no. */
    static final class Purchase implements ResultedEvent<Boolean> {

        private volatile boolean allowed = true;

        @Override
        public Boolean result() {
            return allowed;
        }

        @Override
        public void setResult(Boolean result) {
            allowed = result;
        }
    }

    /** Of one player. */
    record Greeted(Player player, String by) implements PlayerEvent {}

    private static <E> E await(CompletionStage<E> fired) throws Exception {
        return fired.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void reach_the_listeners_of_other_plugins_whose_results_come_back() throws Exception {
        bank.subscribe(Purchase.class, event -> event.setResult(false));

        assertThat(await(shop.fire(new Purchase())).result()).isFalse();
    }

    @Test
    void of_one_player_come_in_that_players_order() throws Exception {
        var player = new FakePlayer(1, "Ada");
        List<String> heard = new CopyOnWriteArrayList<>();
        var first = new CountDownLatch(1);
        bank.subscribe(Greeted.class, event -> {
            if (event.by().equals("one")) {
                first.await();
            }
            heard.add(event.by());
        });

        shop.fire(new Greeted(player, "one"));
        var last = shop.fire(new Greeted(player, "two"));
        first.countDown();
        await(last);

        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void may_be_fired_and_waited_for_in_a_listener_of_another_one() throws Exception {
        bank.subscribe(
                Greeted.class,
                event -> assertThat(await(bank.fire(new Purchase())).result()).isTrue());

        await(shop.fire(new Greeted(new FakePlayer(1, "Ada"), "one")));
        assertThat(events.reports("bank").getFirst().failed()).isZero();
    }

    @Test
    void are_all_that_a_plugin_fires() {
        assertThatThrownBy(() -> shop.fire(new ProxyInitializeEvent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only the proxy fires a ProxyInitializeEvent; make an event class of your own");
    }

    @Test
    void leave_nothing_of_their_class_behind() throws Exception {
        var loader = new WeakReference<ClassLoader>(firesAndGoes());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(loader.get()).isNull();
        assertThat(events.reports("shop").getFirst().calls()).isOne();
    }

    private ClassLoader firesAndGoes() throws Exception {
        var own = new OwnLoader();
        Class<? extends Event> type = own.loadClass(RemoteEvent.class.getName()).asSubclass(Event.class);
        assertThat(type).isNotEqualTo(RemoteEvent.class);
        Subscription subscription =
                shop.subscribe(type, event -> assertThat(event).isInstanceOf(type));
        await(shop.fire(type.getConstructor().newInstance()));
        subscription.cancel();
        return own;
    }

    /** Loads the event's class anew, as the loader of another plugin would. */
    private static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(OwnEventsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(RemoteEvent.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = OwnEventsTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
