package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTextTest {

    @Test
    void towards_the_guest_is_json() {
        assertThat(GuestText.toGuest(Component.text("Hi", NamedTextColor.RED)))
                .isEqualTo("{\"color\":\"red\",\"text\":\"Hi\"}");
        assertThat(GuestText.toGuest(Component.text("Hi"))).isEqualTo("\"Hi\"");
    }

    @Nested
    class FromTheGuest {

        @Test
        void is_read_as_json() {
            assertThat(GuestText.fromGuest("{\"text\":\"Hi\",\"color\":\"red\"}"))
                    .isEqualTo(Component.text("Hi", NamedTextColor.RED));
            assertThat(GuestText.fromGuest("\"Hi\"")).isEqualTo(Component.text("Hi"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "Hello there",
                    "[Server]",
                    "[Server] Hello",
                    "{",
                    "{}",
                    "{\"text\":\"a\"} and more",
                    "{text:Hi}",
                    "null",
                    "42",
                    "\"unterminated",
                    "{\"color\":\"red\"}",
                    "{\"text\":{\"text\":1}}",
                    "{\"text\":\"a\",\"clickEvent\":7}",
                    "[]"
                })
        void is_plain_text_when_it_is_no_text_component(String text) {
            assertThat(GuestText.fromGuest(text)).isEqualTo(Component.text(text));
        }

        @Test
        void is_plain_text_when_it_nests_without_end() {
            String deep = "{\"text\":\"\",\"extra\":[".repeat(50_000);
            assertThat(GuestText.fromGuest(deep)).isEqualTo(Component.text(deep));
            String closed = "[".repeat(500) + "\"a\"" + "]".repeat(500);
            assertThat(GuestText.fromGuest(closed)).isEqualTo(Component.text(closed));
        }
    }
}
