package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSettingsTest {

    private final TableSettings settings = TableSettings.of(
            "gate",
            Map.of(
                    "text",
                    "hello",
                    "number",
                    5L,
                    "part",
                    0.5,
                    "flag",
                    true,
                    "time",
                    "1h30m",
                    "list",
                    List.of("a", "b"),
                    "mixed",
                    List.of("a", 1L),
                    "table",
                    Map.of("inner", 7L, "other", "x")));

    @Test
    void gives_each_kind_of_value() {
        assertThat(settings.text("text")).contains("hello");
        assertThat(settings.integer("number")).hasValue(5);
        assertThat(settings.number("number")).hasValue(5.0);
        assertThat(settings.number("part")).hasValue(0.5);
        assertThat(settings.flag("flag")).contains(true);
        assertThat(settings.duration("time")).contains(Duration.ofMinutes(90));
        assertThat(settings.texts("list")).containsExactly("a", "b");
        assertThat(settings.table("table").integer("inner")).hasValue(7);
        assertThat(settings.integer("number", 1, 10, 3)).isEqualTo(5);
    }

    @Test
    void gives_nothing_for_what_is_not_there() {
        assertThat(settings.text("x")).isEmpty();
        assertThat(settings.integer("x")).isEmpty();
        assertThat(settings.texts("x")).isEmpty();
        assertThat(settings.table("x").keys()).isEmpty();
        assertThat(settings.integer("x", 1, 10, 3)).isEqualTo(3);
    }

    @Test
    void says_what_is_wrong_with_a_value() {
        assertThatThrownBy(() -> settings.integer("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`plugins.gate.text` is \"hello\"; expected is a whole number");
        assertThatThrownBy(() -> settings.duration("text"))
                .hasMessage(
                        "`plugins.gate.text` is \"hello\"; expected is a duration like \"5s\", \"200ms\" or \"1h30m\"");
        assertThatThrownBy(() -> settings.texts("mixed"))
                .hasMessage("`plugins.gate.mixed` is [a, 1]; expected is a list of texts, as in [\"a\", \"b\"]");
        assertThatThrownBy(() -> settings.integer("number", 10, 20, 15))
                .hasMessage("`plugins.gate.number` is 5; expected is 10 to 20");
        assertThatThrownBy(() -> settings.table("table").flag("inner"))
                .hasMessage("`plugins.gate.table.inner` is 7; expected is true or false");
    }

    @Test
    void remembers_what_nobody_has_asked_for() {
        settings.text("text");
        settings.table("table").integer("inner");
        assertThat(settings.unasked())
                .containsExactly(
                        "plugins.gate.flag",
                        "plugins.gate.list",
                        "plugins.gate.mixed",
                        "plugins.gate.number",
                        "plugins.gate.part",
                        "plugins.gate.table.other",
                        "plugins.gate.time");
    }
}
