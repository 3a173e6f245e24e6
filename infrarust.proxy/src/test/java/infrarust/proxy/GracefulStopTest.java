package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.player.Delivery;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ShutdownSettings;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GracefulStopTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Address PEER = Address.parse("peer.example.org");

    private final OnlinePlayers players = new OnlinePlayers();
    private final List<String> transferred = new ArrayList<>();

    /** Who leaves when he is told to, and by a transfer where his client can. */
    private final class Guest extends FakePlayer {

        private final boolean leavesByHimself;

        Guest(long id, String username, boolean leavesByHimself) {
            super(id, username);
            this.leavesByHimself = leavesByHimself;
            players.register(this);
        }

        @Override
        public Delivery sendMessage(Component message) {
            var delivery = super.sendMessage(message);
            if (leavesByHimself) {
                players.remove(this);
            }
            return delivery;
        }

        @Override
        public void disconnect(Component reason) {
            super.disconnect(reason);
            players.remove(this);
        }

        String lastWords() {
            return disconnectReason()
                    .map(PlainTextComponentSerializer.plainText()::serialize)
                    .orElse("none");
        }
    }

    private void stop(ShutdownSettings settings, String reason) {
        new GracefulStop(players, (player, peer) -> {
                    if (!player.profile().username().startsWith("New")) {
                        return false;
                    }
                    transferred.add(player.profile().username() + " to " + peer);
                    players.remove(player);
                    return true;
                })
                .takeLeave(settings, reason);
    }

    private static ShutdownSettings settings(Optional<Address> peer, Duration drain) {
        return new ShutdownSettings("We stop", peer, drain, "We have stopped");
    }

    @Test
    void nobody_is_told_anything_when_nobody_is_there() {
        stop(settings(Optional.of(PEER), LONG), "");
        assertThat(transferred).isEmpty();
    }

    @Nested
    class Without_time_to_leave {

        @Test
        void everybody_reads_the_text_and_the_reason() {
            var one = new Guest(1, "One", false);
            stop(settings(Optional.empty(), Duration.ZERO), "a new version");
            assertThat(one.lastWords()).isEqualTo("We have stopped: a new version");
            assertThat(one.messages()).isEmpty();
        }

        @Test
        void clients_that_can_are_sent_to_the_peer_and_the_others_disconnected() {
            var one = new Guest(1, "Old", false);
            var two = new Guest(2, "New", false);
            stop(settings(Optional.of(PEER), Duration.ZERO), "");
            assertThat(transferred).containsExactly("New to peer.example.org:25565");
            assertThat(two.lastWords()).isEqualTo("none");
            assertThat(one.lastWords()).isEqualTo("We have stopped");
        }
    }

    @Nested
    class With_time_to_leave {

        @Test
        void those_who_go_are_not_disconnected() {
            var one = new Guest(1, "One", true);
            stop(settings(Optional.empty(), LONG), "");
            assertThat(one.messages()).containsExactly(Component.text("We stop"));
            assertThat(one.lastWords()).isEqualTo("none");
        }

        @Test
        void those_who_stay_are_disconnected_when_it_is_over() {
            var one = new Guest(1, "One", false);
            stop(settings(Optional.empty(), Duration.ofMillis(20)), "");
            assertThat(one.messages()).hasSize(1);
            assertThat(one.lastWords()).isEqualTo("We have stopped");
        }

        @Test
        void those_who_are_transferred_read_nothing() {
            var one = new Guest(1, "New", false);
            stop(settings(Optional.of(PEER), LONG), "");
            assertThat(one.messages()).isEmpty();
            assertThat(one.lastWords()).isEqualTo("none");
        }
    }

    @Test
    void plugins_that_hang_do_not_keep_the_process() {
        try (LogLines log = LogLines.of("infrarust.proxy.GracefulStop")) {
            GracefulStop.stop(new CompletableFuture<>(), Duration.ofMillis(20));
            assertThat(log.lines())
                    .containsExactly("WARN The plugins take longer than 0 s to stop; going on without them");
        }
    }
}
