package infrarust.proxy.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BanFileTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    @Test
    void the_originals_file_is_understood() {
        BanFile file = BanFile.read("""
                {"bans": [
                  {"target": {"type": "ip", "value": "203.0.113.7"}, "reason": "bot", "created_at": 1767225600,
                   "expires_at": null, "source": "console"},
                  {"target": {"type": "username", "value": "Griefer"}, "reason": null, "created_at": 1767225600,
                   "expires_at": 1798761600, "source": "plugin:antibot"},
                  {"target": {"type": "uuid", "value": "069a79f4-44e9-4726-a5be-fca90e38aaf5"}}
                ], "audit_log": [{"anything": 1}]}""", NOW);
        assertThat(file.problems()).isEmpty();
        assertThat(file.bans())
                .containsExactly(
                        new Ban(
                                "",
                                BanTarget.address("203.0.113.7"),
                                Optional.of("bot"),
                                new BanSource.Console(),
                                Instant.ofEpochSecond(1767225600),
                                Optional.empty()),
                        new Ban(
                                "",
                                new BanTarget.Username("Griefer"),
                                Optional.empty(),
                                new BanSource.Plugin("antibot"),
                                Instant.ofEpochSecond(1767225600),
                                Optional.of(Instant.ofEpochSecond(1798761600))),
                        new Ban(
                                "",
                                new BanTarget.Uuid(UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5")),
                                Optional.empty(),
                                new BanSource.Proxy(),
                                NOW,
                                Optional.empty()));
    }

    @Test
    void the_games_files_are_understood() {
        BanFile players = BanFile.read("""
                [{"uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5", "name": "Notch",
                  "created": "2026-01-31 12:00:00 +0100", "source": "Server", "expires": "forever", "reason": "No"}]""", NOW);
        assertThat(players.bans())
                .containsExactly(new Ban(
                        "",
                        BanTarget.player("069a79f444e94726a5befca90e38aaf5"),
                        Optional.of("No (Notch)"),
                        new BanSource.Console(),
                        Instant.parse("2026-01-31T11:00:00Z"),
                        Optional.empty()));
        BanFile addresses = BanFile.read("""
                [{"ip": "2001:db8::7", "created": "2026-01-31 12:00:00 +0000", "source": "Steve",
                  "expires": "2027-01-31 12:00:00 +0000", "reason": "Banned by an operator."}]""", NOW);
        assertThat(addresses.bans())
                .containsExactly(new Ban(
                        "",
                        BanTarget.address("2001:db8::7"),
                        Optional.of("Banned by an operator."),
                        new BanSource.Player("Steve"),
                        Instant.parse("2026-01-31T12:00:00Z"),
                        Optional.of(Instant.parse("2027-01-31T12:00:00Z"))));
    }

    @Test
    void what_is_not_understood_is_named_and_the_rest_holds() {
        BanFile file = BanFile.read("""
                [{"ip": "203.0.113.300"}, {"ip": "203.0.113.7"}, {"uuid": "x"}, 7,
                 {"ip": "203.0.113.8", "expires": "tomorrow"}]""", NOW);
        assertThat(file.bans()).extracting(ban -> ban.target().value()).containsExactly("203.0.113.7");
        assertThat(file.problems())
                .hasSize(4)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("entry 1: \"203.0.113.300\" is no IP address"),
                        second -> assertThat(second).startsWith("entry 3: \"x\" is no UUID"),
                        third -> assertThat(third).startsWith("entry 4: it has none of"),
                        fourth -> assertThat(fourth).startsWith("entry 5: ").contains("tomorrow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[{'ip': '203.0.113.7'}, {'ip': '203. | line 1",
                "nonsense | line 1",
                "{'players': []} | neither an object with the list `bans`, nor a list",
                "7 | neither an object",
            })
    void a_file_that_is_none_of_these_is_refused(String text, String why) {
        assertThatThrownBy(() -> BanFile.read(text.replace('\'', '"'), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
