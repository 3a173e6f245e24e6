package infrarust.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {

    @Nested
    class A_line {

        private String line(boolean colours, String logger, Level level) {
            var event = new LoggingEvent(
                    LogTest.class.getName(),
                    new LoggerContext().getLogger(logger),
                    level,
                    "Ready in {} ms",
                    null,
                    new Object[] {312});
            return new LogLine(colours).doLayout(event);
        }

        @Test
        void has_time_level_speaker_and_text() {
            assertThat(line(false, "infrarust.proxy.net.Network", Level.INFO))
                    .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d INFO  net: Ready in 312 ms\\R");
        }

        @Test
        void has_colours_only_when_asked() {
            assertThat(line(false, "x", Level.WARN)).doesNotContain("\033");
            assertThat(line(true, "x", Level.WARN)).contains("\033[33mWARN \033[0m");
        }

        @Test
        void gives_the_terminal_no_orders_of_strangers() {
            var event = new LoggingEvent(
                    LogTest.class.getName(),
                    new LoggerContext().getLogger("x"),
                    Level.WARN,
                    "{} asked",
                    null,
                    new Object[] {"a\033[2Jb"});
            assertThat(new LogLine(false).doLayout(event)).contains("a\uFFFD[2Jb asked");
        }

        @ParameterizedTest
        @CsvSource({
            "infrarust.proxy.net.Network,net",
            "infrarust.proxy.wasm.contract023.LogHost,wasm",
            "infrarust.proxy.Infrarust,''",
            "plugin.greeter,[greeter]",
            "io.netty.util.ResourceLeakDetector,ResourceLeakDetector"
        })
        void names_the_room_or_the_plugin(String logger, String speaker) {
            assertThat(LogLine.speaker(logger)).isEqualTo(speaker);
        }
    }

    @Nested
    class A_filter {

        @Test
        void is_a_level_or_levels_for_parts() {
            assertThat(LogFilter.parse("debug")).isEqualTo(new LogFilter(Level.DEBUG, Map.of()));
            assertThat(LogFilter.parse("WARN, plugin.greeter=trace,infrarust.proxy.net=off"))
                    .isEqualTo(new LogFilter(
                            Level.WARN, Map.of("plugin.greeter", Level.TRACE, "infrarust.proxy.net", Level.OFF)));
            assertThat(LogFilter.parse("plugin.x=debug").root()).isEqualTo(Level.INFO);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "loud", "info,", "x=", "x=loud"})
        void refuses_anything_else(String text) {
            assertThatThrownBy(() -> LogFilter.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a log level");
        }
    }

    @Nested
    class Colour {

        @Test
        void is_for_terminals() {
            assertThat(Colours.wanted(name -> null, true)).isTrue();
            assertThat(Colours.wanted(name -> null, false)).isFalse();
            assertThat(Colours.wanted(Map.of("TERM", "dumb")::get, true)).isFalse();
        }

        @Test
        void follows_the_variables_that_people_set() {
            assertThat(Colours.wanted(Map.of("NO_COLOR", "1")::get, true)).isFalse();
            assertThat(Colours.wanted(Map.of("NO_COLOR", "")::get, true)).isTrue();
            assertThat(Colours.wanted(Map.of("FORCE_COLOR", "1")::get, false)).isTrue();
            assertThat(Colours.wanted(Map.of("CLICOLOR_FORCE", "0")::get, false))
                    .isFalse();
            assertThat(Colours.wanted(Map.of("NO_COLOR", "1", "FORCE_COLOR", "1")::get, true))
                    .isFalse();
            assertThat(Colours.wanted(Map.of("NO_COLOR", "1", "INFRARUST_COLOR", "always")::get, false))
                    .isTrue();
        }
    }
}
