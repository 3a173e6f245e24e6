package infrarust.proxy.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.event.LogLines;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class GuestLogTest {

    @Test
    void a_message_cannot_look_like_another_line_of_the_log() {
        try (var log = LogLines.of("plugin.loud")) {
            GuestLog.write(
                    LoggerFactory.getLogger("plugin.loud"), Level.WARN, "one\r\ntwo \u001b[31mred\u0000\ttab {}");
            assertThat(log.lines()).containsExactly("WARN one", "WARN two ?[31mred?\ttab {}");
        }
    }
}
