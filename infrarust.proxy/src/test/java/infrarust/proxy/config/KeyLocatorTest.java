package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyLocatorTest {

    private static int line(String text, String... path) {
        return KeyLocator.of(text).line(List.of(path));
    }

    @Nested
    class A_key_is_found {

        @Test
        void at_the_top() {
            assertThat(line("a = 1\nb = 2\n", "b")).isEqualTo(2);
        }

        @Test
        void in_a_table_and_its_sub_table() {
            String text = "[t]\na = 1\n\n[t.u]\nb = 2\n[v]\nb = 3\n";
            assertThat(line(text, "t", "a")).isEqualTo(2);
            assertThat(line(text, "t", "u", "b")).isEqualTo(5);
            assertThat(line(text, "v", "b")).isEqualTo(7);
            assertThat(line(text, "t", "u")).isEqualTo(4);
        }

        @Test
        void behind_dots_and_blanks() {
            assertThat(line("x.y . z = 1\nx.w = 2", "x", "y", "z")).isEqualTo(1);
            assertThat(line("x.y . z = 1\nx.w = 2", "x", "w")).isEqualTo(2);
        }

        @Test
        void in_quotes_of_either_kind_with_escapes() {
            String text = "\"a.b\" = 1\n'c d' = 2\n\"\\u00e9\\\"\" = 3\n[\"t.]\".x]\ny = 4";
            assertThat(line(text, "a.b")).isEqualTo(1);
            assertThat(line(text, "c d")).isEqualTo(2);
            assertThat(line(text, "é\"")).isEqualTo(3);
            assertThat(line(text, "t.]", "x", "y")).isEqualTo(5);
        }

        @Test
        void in_each_table_of_an_array() {
            String text = "[[m]]\na = 1\n[m.inner]\nb = 2\n[[m]]\na = 3\n[m.inner]\nb = 4\n";
            assertThat(line(text, "m", "[0]", "a")).isEqualTo(2);
            assertThat(line(text, "m", "[1]", "a")).isEqualTo(6);
            assertThat(line(text, "m", "[0]", "inner", "b")).isEqualTo(4);
            assertThat(line(text, "m", "[1]", "inner", "b")).isEqualTo(8);
        }

        @Test
        void in_inline_tables_and_lists_over_several_lines() {
            String text = "a = [ # one ]\n  { x = 1 },\n  { x = 2,\n y = \"}\" },\n]\nb = 3\n";
            assertThat(line(text, "a", "[0]", "x")).isEqualTo(2);
            assertThat(line(text, "a", "[1]", "x")).isEqualTo(3);
            assertThat(line(text, "a", "[1]", "y")).isEqualTo(4);
            assertThat(line(text, "b")).isEqualTo(6);
        }

        @Test
        void after_strings_that_look_like_keys() {
            String text =
                    "a = \"\"\"\nb = 1\n\\\"\"\"\\\"\n[t]\"\"\"\"\nc = '''\nb = 2\n'''\nd = \"x = # \\\" \" # b = 3\nb = 4\n";
            assertThat(line(text, "b")).isEqualTo(9);
            assertThat(line(text, "d")).isEqualTo(8);
            assertThat(line(text, "t")).isZero();
        }

        @Test
        void with_line_ends_of_windows() {
            assertThat(line("a = 1\r\n\r\n[t]\r\nb = 1979-05-27 07:32:00\r\nc = 2", "t", "c"))
                    .isEqualTo(5);
        }
    }

    @Test
    void what_does_not_stand_in_the_text_has_the_line_of_its_parent() {
        assertThat(line("x = 1\n[t]\na = 1", "t", "missing")).isEqualTo(2);
        assertThat(line("x = 1\n[t]\na = 1", "missing")).isZero();
    }

    @Test
    void any_text_is_walked_to_its_end() {
        Random random = new Random(1);
        String alphabet = "[]{}=.,\"'#\\\n\r a1-u";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            KeyLocator.of(text.toString());
        }
    }
}
