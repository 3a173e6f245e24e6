package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files say of addresses, balancing and health (spec: proxy facts, section 5.3). */
class BackendKeysTest {

    @TempDir
    Path folder;

    private ConfigLoader.Loaded load(String proxy, String server) throws IOException {
        Files.writeString(folder.resolve("infrarust.toml"), proxy);
        Path servers = Files.createDirectories(folder.resolve("servers"));
        Files.writeString(servers.resolve("a.toml"), "domains = [\"a\"]\n" + server);
        return new ConfigLoader(folder).load(ConfigLoader.Request.defaults());
    }

    private ServerConfig server(String proxy, String server) throws IOException {
        return load(proxy, server).snapshot().servers().iterator().next();
    }

    private List<String> problems(String server) throws IOException {
        try {
            load("", server);
        } catch (ConfigException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
        return List.of();
    }

    private List<String> warnings(String server) throws IOException {
        return load("", server).warnings().stream().map(Problem::toString).toList();
    }

    @Nested
    class Addresses {

        @Test
        void are_texts_or_tables_with_a_weight_in_one_list() throws IOException {
            assertThat(server("", """
                            balance = "round_robin"
                            addresses = ["one", { address = "two:2", weight = 3 }, { address = "[::3]:3" }]
                            """).backends())
                    .containsExactly(
                            Backend.of(new Address("one", 25565)),
                            new Backend(new Address("two", 2), 3),
                            Backend.of(new Address("::3", 3)));
        }

        @Test
        void that_weigh_nothing_weigh_one_with_a_warning() throws IOException {
            String text = "balance = \"least_conn\"\naddresses = [{ address = \"b\", weight = 0 }]";
            assertThat(server("", text).backends()).containsExactly(Backend.of(new Address("b", 25565)));
            assertThat(warnings(text))
                    .singleElement()
                    .asString()
                    .contains("weight")
                    .contains("counts as 1");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[{ address = \"b\", weight = -1 }] | is -1; expected is a whole number, at least 0",
                    "[{ weight = 2 }] | address is missing",
                    "[\"b:0\"] | nobody can listen on port 0",
                    "[] | is missing or empty",
                })
        void that_are_wrong_are_pointed_at(String list, String problem) throws IOException {
            assertThat(problems("addresses = " + list))
                    .singleElement()
                    .asString()
                    .startsWith("servers/a.toml:2: ")
                    .satisfies(text -> assertThat(text.replace("`", "")).contains(problem));
        }
    }

    @Nested
    class Balancing_of_a_server {

        @Test
        void is_the_first_available_address_when_nothing_is_said() throws IOException {
            assertThat(server("", "addresses = [\"b\"]").balancing()).isEqualTo(Balancing.defaults());
        }

        @Test
        void has_a_rule_and_a_slow_start() throws IOException {
            assertThat(server("", """
                            addresses = ["b"]
                            balance = "least_conn"
                            slow_start = "45s"
                            slow_start_aggression = 2.5
                            """).balancing())
                    .isEqualTo(new Balancing(Balance.LEAST_CONN, Optional.of(Duration.ofSeconds(45)), 2.5));
            assertThat(server("", "addresses = [\"b\"]\nbalance = \"round_robin\"\nslow_start_aggression = 2")
                            .balancing()
                            .slowStartAggression())
                    .isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({"0", "-1.5", "inf", "nan", "\"1\""})
        void takes_no_aggression_that_is_not_a_number_above_zero(String value) throws IOException {
            assertThat(problems("addresses = [\"b\"]\nslow_start_aggression = " + value))
                    .singleElement()
                    .asString()
                    .contains("`slow_start_aggression`")
                    .contains("expected is a number above 0");
        }

        @Test
        void names_the_rules_that_there_are() throws IOException {
            assertThat(problems("addresses = [\"b\"]\nbalance = \"random\""))
                    .singleElement()
                    .asString()
                    .contains("allowed are first_available, round_robin, least_conn");
        }

        @Test
        void warns_of_weights_and_slow_start_that_the_first_available_address_makes_void() throws IOException {
            assertThat(warnings("addresses = [{ address = \"b\", weight = 2 }]\nslow_start = \"5s\""))
                    .hasSize(2)
                    .allSatisfy(
                            warning -> assertThat(warning).contains("no effect with balance = \"first_available\""));
        }
    }

    @Nested
    class Health {

        private static final String OF_PROXY = """
                [active_health]
                enabled = false
                interval = "7s"
                max_concurrent = 3
                """;

        @Test
        void is_looked_at_by_connecting_to_what_is_left_out_when_nothing_is_said() throws IOException {
            assertThat(server("", "addresses = [\"b\"]").activeHealth())
                    .isEqualTo(new ActiveHealth(
                            true,
                            ActiveHealth.Kind.TCP,
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(3),
                            false,
                            8));
        }

        @Test
        void is_as_the_proxy_says_for_a_server_without_a_table() throws IOException {
            ActiveHealth health = server(OF_PROXY, "addresses = [\"b\"]").activeHealth();
            assertThat(health.enabled()).isFalse();
            assertThat(health.interval()).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void of_a_server_with_a_table_takes_nothing_of_the_proxys_but_the_bound_for_all() throws IOException {
            ActiveHealth health = server(OF_PROXY, """
                            addresses = ["b"]
                            [active_health]
                            kind = "status_ping"
                            probe_healthy = true
                            """).activeHealth();
            assertThat(health)
                    .isEqualTo(new ActiveHealth(
                            true,
                            ActiveHealth.Kind.STATUS_PING,
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(3),
                            true,
                            3));
        }

        @Test
        void has_no_bound_for_one_server() throws IOException {
            assertThat(warnings("addresses = [\"b\"]\n[active_health]\nmax_concurrent = 1"))
                    .singleElement()
                    .asString()
                    .contains("max_concurrent")
                    .contains("no effect for one server");
        }
    }
}
