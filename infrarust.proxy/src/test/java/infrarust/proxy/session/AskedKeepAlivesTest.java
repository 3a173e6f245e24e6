package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedKeepAlivesTest {

    private final AskedKeepAlives asked = new AskedKeepAlives();

    @Test
    void each_question_has_one_answer() {
        asked.add(5);
        asked.add(6);
        assertThat(asked.take(6)).isTrue();
        assertThat(asked.take(6)).isFalse();
        assertThat(asked.take(5)).isTrue();
        assertThat(asked.take(7)).isFalse();
    }

    @Test
    void only_the_latest_are_remembered() {
        for (int id = 0; id < 100; id++) {
            asked.add(id);
        }
        assertThat(asked.take(91)).isFalse();
        assertThat(asked.take(92)).isTrue();
        assertThat(asked.take(99)).isTrue();
    }
}
