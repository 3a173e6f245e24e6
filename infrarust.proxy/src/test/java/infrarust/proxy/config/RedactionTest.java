package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String TEXT = """
            # api_key = "in a comment"
            domains = ["a.example.org", 'b']
            addresses = [{ address = "10.0.0.5", weight = 2 }]
            max_players = 20
            slow = 1.5
            on = true

            [web]
            api_key = "sixteen letters!"
            bind = "127.0.0.1:8080"
            tokens = ["one", "two"]

            [web.inner]
            Password = "hunter2"
            secret_file = "web.secret"

            [motd.online]
            text = "a \\"quoted\\" text\\nin two lines"
            """;

    @Test
    void keeps_everything_but_secrets_and_comments() {
        assertThat(Redaction.of(TEXT)).isEqualTo("""
                domains = ["a.example.org", "b"]
                addresses = [{ address = "10.0.0.5", weight = 2 }]
                max_players = 20
                slow = 1.5
                on = true

                [web]
                api_key = "<redacted>"
                bind = "127.0.0.1:8080"
                tokens = ["<redacted>", "<redacted>"]

                [web.inner]
                Password = "<redacted>"
                secret_file = "web.secret"

                [motd]

                [motd.online]
                text = "a \\"quoted\\" text\\nin two lines"
                """);
    }

    @Test
    void what_it_writes_can_be_read_and_says_the_same() {
        String once = Redaction.of(TEXT);
        assertThat(Redaction.of(once)).isEqualTo(once);
    }

    @Test
    void leaves_out_what_is_hidden() {
        assertThat(Redaction.of(
                        "[plugins.a]\nx = 1\n[plugins.b]\ny = 2\n",
                        (table, key) -> table.equals("plugins") && !key.equals("b")))
                .isEqualTo("\n[plugins]\n\n[plugins.b]\ny = 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.api_key", "web.inner.Password"})
    void a_secret_is_no_value(String key) {
        assertThat(Redaction.value(TEXT, key)).hasValue("<redacted>");
    }

    @Test
    void a_value_is_its_text() {
        assertThat(Redaction.value(TEXT, "web.bind")).hasValue("127.0.0.1:8080");
        assertThat(Redaction.value(TEXT, "max_players")).hasValue("20");
        assertThat(Redaction.value(TEXT, "domains")).hasValue("[\"a.example.org\", \"b\"]");
        assertThat(Redaction.value(TEXT, "web.tokens")).hasValue("[\"<redacted>\", \"<redacted>\"]");
        assertThat(Redaction.value(TEXT, "web.none")).isEmpty();
        assertThat(Redaction.value(TEXT, "none.none")).isEmpty();
    }
}
