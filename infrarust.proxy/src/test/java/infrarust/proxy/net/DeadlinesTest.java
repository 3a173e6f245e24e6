package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now = Long.MAX_VALUE - 1000; // the clock may wrap
    private final Deadlines deadlines = new Deadlines(channel.eventLoop(), () -> now);
    private final List<String> passed = new ArrayList<>();

    @Test
    void those_that_have_passed_run_once_and_the_others_stay() {
        deadlines.arm(Duration.ofSeconds(1), () -> passed.add("one"));
        deadlines.arm(Duration.ofSeconds(3), () -> passed.add("three"));
        deadlines.sweep();
        assertThat(passed).isEmpty();
        now += Duration.ofSeconds(2).toNanos();
        deadlines.sweep();
        deadlines.sweep();
        assertThat(passed).containsExactly("one");
        assertThat(deadlines.isEmpty()).isFalse();
    }

    @Test
    void one_that_is_taken_back_does_not_run_whoever_takes_it_back() {
        var second = new Deadlines.Deadline[1];
        deadlines.arm(Duration.ofSeconds(1), () -> second[0].disarm());
        second[0] = deadlines.arm(Duration.ofSeconds(1), () -> passed.add("taken back by the one before"));
        deadlines.arm(Duration.ofSeconds(1), () -> passed.add("third"));
        now += Duration.ofSeconds(2).toNanos();
        deadlines.sweep();
        assertThat(passed).containsExactly("third");
        assertThat(deadlines.isEmpty()).isTrue();
    }

    @Test
    void an_action_that_fails_takes_no_other_with_it() {
        deadlines.arm(Duration.ofSeconds(1), () -> {
            throw new OutOfMemoryError("as a buffer that cannot be had");
        });
        deadlines.arm(Duration.ofSeconds(1), () -> passed.add("of the same time"));
        now += Duration.ofSeconds(2).toNanos();
        deadlines.sweep();
        deadlines.arm(Duration.ofSeconds(1), () -> passed.add("later"));
        now += Duration.ofSeconds(2).toNanos();
        deadlines.sweep();
        assertThat(passed).containsExactly("of the same time", "later");
    }

    @Test
    void a_channel_is_closed_when_its_time_has_passed() {
        deadlines.close(Duration.ofSeconds(1), channel);
        now += Duration.ofSeconds(2).toNanos();
        deadlines.sweep();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void a_channel_that_closes_takes_its_deadline_with_it() {
        deadlines.close(Duration.ofSeconds(1), channel);
        channel.close().syncUninterruptibly();
        assertThat(deadlines.isEmpty()).isTrue();
    }
}
