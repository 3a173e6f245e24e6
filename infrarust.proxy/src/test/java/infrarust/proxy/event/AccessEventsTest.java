package infrarust.proxy.event;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.player.GameProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that decide who comes in fail closed. */
@Timeout(20)
class AccessEventsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final PreLoginEvent.Result ALLOWED = new PreLoginEvent.Result.Allowed();
    private static final PreLoginEvent.Result UNCHECKED = new PreLoginEvent.Result.Denied(AccessGuard.UNCHECKED);
    private static final PreLoginEvent.Result AWAY = new PreLoginEvent.Result.Denied(AccessGuard.AWAY);

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, LIMIT);
    private final EventBus gate = events.busOf("gate");
    private final EventBus other = events.busOf("other");
    private final LogLines log = LogLines.of(EventDispatcher.class.getName());
    private final LogLines guardLog = LogLines.of(AccessGuard.class.getName());

    @AfterEach
    void stopListening() {
        log.close();
        guardLog.close();
    }

    private CompletionStage<PreLoginEvent> fire() {
        return events.fire(new PreLoginEvent(
                new GameProfile(UUID.nameUUIDFromBytes("x".getBytes(StandardCharsets.UTF_8)), "Ada", List.of()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                767,
                "localhost"));
    }

    private static PreLoginEvent.Result result(CompletionStage<PreLoginEvent> fired) throws Exception {
        return fired.toCompletableFuture().get(10, TimeUnit.SECONDS).result();
    }

    @Nested
    class AListener {

        @Test
        void that_fails_denies_whatever_others_say() throws Exception {
            gate.subscribe(PreLoginEvent.class, event -> {
                throw new IllegalStateException("the database is gone");
            });
            other.subscribe(PreLoginEvent.class, EventPriority.LAST, event -> event.setResult(ALLOWED));

            assertThat(result(fire())).isEqualTo(UNCHECKED);
            assertThat(log.lines())
                    .containsExactly("ERROR plugin 'gate': its listener of PreLoginEvent failed; the event is denied");
        }

        @Test
        void whose_stage_fails_denies() throws Exception {
            gate.subscribeAsync(
                    PreLoginEvent.class,
                    EventPriority.NORMAL,
                    event -> CompletableFuture.failedStage(new IllegalStateException("later")));
            assertThat(result(fire())).isEqualTo(UNCHECKED);
        }

        @Test
        void that_is_late_denies() throws Exception {
            var entered = new CountDownLatch(1);
            gate.subscribeAsync(PreLoginEvent.class, EventPriority.NORMAL, event -> {
                entered.countDown();
                return new CompletableFuture<>();
            });
            var fired = fire();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT);

            assertThat(result(fired)).isEqualTo(UNCHECKED);
            assertThat(log.lines())
                    .contains("WARN plugin 'gate': its listener of PreLoginEvent took longer than 10000 ms;"
                            + " the event is denied");
        }

        @Test
        void that_denies_is_believed() throws Exception {
            gate.subscribe(PreLoginEvent.class, event -> event.deny(Component.text("no")));
            assertThat(result(fire())).isEqualTo(new PreLoginEvent.Result.Denied(Component.text("no")));
        }
    }

    @Nested
    class WhileAPluginIsAway {

        @Test
        void what_it_listened_to_is_denied_even_when_nobody_listens() throws Exception {
            var subscription = gate.subscribe(PreLoginEvent.class, event -> {});
            var absence = events.away("gate");
            subscription.cancel();

            assertThat(events.isHeard(PreLoginEvent.class)).isTrue();
            assertThat(result(fire())).isEqualTo(AWAY);
            assertThat(result(fire())).isEqualTo(AWAY);
            absence.end();
            absence.end();

            assertThat(result(fire())).isEqualTo(ALLOWED);
            assertThat(events.isHeard(PreLoginEvent.class)).isFalse();
            assertThat(guardLog.lines())
                    .as("once")
                    .containsExactly(
                            "WARN PreLoginEvent is denied until plugin 'gate', which listens to it, runs again");
        }

        @Test
        void an_event_that_is_being_delivered_is_denied_too() throws Exception {
            var entered = new CountDownLatch(1);
            var answer = new CompletableFuture<Void>();
            gate.subscribeAsync(PreLoginEvent.class, EventPriority.NORMAL, event -> {
                entered.countDown();
                return answer;
            });
            var fired = fire();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            events.away("gate").end();
            answer.complete(null);

            assertThat(result(fired))
                    .as("who answered may have been a plugin that is gone")
                    .isEqualTo(AWAY);
        }

        @Test
        void another_one_that_is_away_keeps_it_closed() throws Exception {
            gate.subscribe(PreLoginEvent.class, event -> {});
            other.subscribe(PreLoginEvent.class, event -> {});
            var one = events.away("gate");
            var two = events.away("other");
            one.end();
            assertThat(result(fire())).isEqualTo(AWAY);
            two.end();
            assertThat(result(fire())).isEqualTo(ALLOWED);
        }

        @Test
        void what_others_listen_to_and_what_decides_nothing_goes_on() throws Exception {
            gate.subscribe(ProxyInitializeEvent.class, event -> {});
            other.subscribe(PreLoginEvent.class, event -> {});
            var absence = events.away("gate");
            assertThat(absence.closesAnything()).isFalse();
            assertThat(result(fire())).isEqualTo(ALLOWED);
            assertThat(guardLog.lines()).isEmpty();
        }
    }
}
