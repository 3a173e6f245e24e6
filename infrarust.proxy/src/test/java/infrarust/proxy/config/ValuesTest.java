package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @Nested
    class A_duration {

        @ParameterizedTest
        @CsvSource({"5s,PT5S", "200ms,PT0.2S", "1h30m,PT1H30M", "2d,PT48H", "0s,PT0S", "1m1s1ms,PT1M1.001S"})
        void reads_as_written(String text, Duration expected) {
            assertThat(DurationText.parse(text)).hasValue(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "5", "s", "5 s", "-5s", "1.5s", "5S", "5s ", "٥s", "9999999999999s", "99999d", "5us"})
        void refuses_anything_else(String text) {
            assertThat(DurationText.parse(text)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"5s", "200ms", "1h30m", "2d", "0s", "1d2h3m4s5ms"})
        void is_shown_as_it_would_be_written(String text) {
            assertThat(DurationText.format(DurationText.parse(text).orElseThrow()))
                    .isEqualTo(text);
        }
    }

    @Nested
    class An_address {

        @ParameterizedTest
        @CsvSource({
            "host,host,25565",
            "host:1,host,1",
            "10.0.0.1:65535,10.0.0.1,65535",
            "[::1],::1,25565",
            "[fd00::1]:7,fd00::1,7"
        })
        void reads_host_and_port(String text, String host, int port) {
            assertThat(Address.parse(text)).isEqualTo(new Address(host, port));
            assertThat(Address.parse(Address.parse(text).toString())).isEqualTo(new Address(host, port));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ":1",
                    "host:",
                    "host:x",
                    "host:65536",
                    "host:-1",
                    "a b",
                    "::1",
                    "[::1",
                    "[::1]1",
                    "[::1]:"
                })
        void refuses_anything_else(String text) {
            assertThatThrownBy(() -> Address.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("null");
        }
    }

    @Nested
    class The_nearest_name {

        private final List<String> known = List.of("bind", "max_connections", "servers_dir", "plugins_dir");

        @ParameterizedTest
        @CsvSource({
            "bnid,bind",
            "Bind,bind",
            "max-connections,max_connections",
            "maxconnection,max_connections",
            "server_dir,servers_dir"
        })
        void is_what_a_slip_of_the_fingers_made(String typed, String meant) {
            assertThat(NearestName.of(typed, known)).hasValue(meant);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "frobnicate"})
        void is_none_when_nothing_is_near(String typed) {
            assertThat(NearestName.of(typed, known)).isEmpty();
        }
    }
}
