package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.net.Vigil.Fault;
import infrarust.proxy.net.Vigil.Patience;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VigilTest {

    private static final Duration READ = Duration.ofSeconds(30);
    private static final Duration WRITE = Duration.ofSeconds(20);

    private final StandingClock clock = new StandingClock();
    private final Deadlines deadlines = new Deadlines(new EmbeddedChannel().eventLoop(), clock::nanoTime);
    private final List<Fault> found = new ArrayList<>();
    private final FakePeer peer = new FakePeer();
    private Vigil vigil;

    private static final class FakePeer implements Vigil.Peer {
        long received;
        boolean heard = true;
        long waiting;
        long taken;

        @Override
        public long received() {
            return received;
        }

        @Override
        public boolean isHeard() {
            return heard;
        }

        @Override
        public long waiting() {
            return waiting;
        }

        @Override
        public long taken() {
            return taken;
        }
    }

    @BeforeEach
    void begin() {
        vigil = Vigil.over(peer, new Patience(READ, WRITE), deadlines, found::add);
    }

    /** Lets the time pass second by second, in each of which that happens. */
    private void pass(Duration time, Runnable eachSecond) {
        for (long i = 0; i < time.toSeconds(); i++) {
            eachSecond.run();
            clock.advance(Duration.ofSeconds(1));
            deadlines.sweep();
        }
    }

    @Nested
    class A_peer_that_sends_nothing {

        @Test
        void is_found_out_when_its_time_has_passed_and_only_once() {
            pass(READ.minusSeconds(1), () -> {});
            assertThat(found).isEmpty();
            pass(READ, () -> {});
            assertThat(found).containsExactly(Fault.SILENT);
            assertThat(deadlines.isEmpty()).isTrue();
        }

        @Test
        void is_not_blamed_while_nobody_reads_it() {
            peer.heard = false;
            pass(READ.multipliedBy(3), () -> {});
            assertThat(found).isEmpty();
            peer.heard = true;
            pass(READ.minusSeconds(6), () -> {});
            assertThat(found).isEmpty();
        }
    }

    @Test
    void a_peer_that_says_something_now_and_then_may_stay() {
        for (int i = 0; i < 10; i++) {
            pass(READ.minusSeconds(8), () -> {});
            peer.received++;
        }
        assertThat(found).isEmpty();
    }

    @Nested
    class A_peer_for_which_bytes_wait {

        @Test
        void and_who_takes_none_is_found_out() {
            peer.waiting = 500;
            pass(WRITE.plusSeconds(10), () -> peer.received++);
            assertThat(found).containsExactly(Fault.NOT_READING);
        }

        @Test
        void and_who_takes_one_now_and_then_only_pretends_to_read() {
            peer.waiting = 1 << 20;
            pass(WRITE.plusSeconds(10), () -> {
                peer.received++;
                peer.taken += 100;
                peer.waiting -= 100;
            });
            assertThat(found).containsExactly(Fault.NOT_READING);
        }

        @Test
        void and_who_has_a_line_of_one_kilobyte_a_second_may_stay() {
            peer.waiting = 1 << 20;
            pass(Duration.ofMinutes(10), () -> {
                peer.received++;
                peer.taken += 1024;
            });
            assertThat(found).isEmpty();
        }

        @Test
        void and_who_takes_all_of_little_may_stay() {
            pass(Duration.ofMinutes(10), () -> {
                peer.received++;
                peer.taken += peer.waiting;
                peer.waiting = peer.waiting == 0 ? 50 : 0;
            });
            assertThat(found).isEmpty();
        }
    }

    @Test
    void a_watch_that_was_stopped_finds_nothing_and_leaves_nothing() {
        vigil.stop();
        assertThat(deadlines.isEmpty()).isTrue();
        pass(READ.multipliedBy(2), () -> {});
        assertThat(found).isEmpty();
    }
}
