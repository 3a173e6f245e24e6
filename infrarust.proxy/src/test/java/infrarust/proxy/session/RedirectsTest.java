package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedirectsTest {

    @Test
    void no_server_comes_twice() {
        var redirects = new Redirects().note("lobby");
        assertThat(redirects.allows("lobby")).isFalse();
        assertThat(redirects.allows("games")).isTrue();
    }

    @Test
    void after_eight_servers_there_is_an_end() {
        var redirects = new Redirects();
        for (int i = 0; i < 8; i++) {
            assertThat(redirects.allows("server" + i)).isTrue();
            redirects.note("server" + i);
        }
        assertThat(redirects.allows("another")).isFalse();
    }
}
