package infrarust.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server (spec: proxy facts, section 4). */
class DomainRouterTest {

    private static ServerConfig server(String id, String... domains) {
        return ServerConfig.builder(id).domains(domains).addresses("127.0.0.1").build();
    }

    private static DomainRouter router(ServerConfig... servers) {
        return DomainRouter.of(ProxySnapshot.of(ProxyConfig.defaults(), servers));
    }

    private static Optional<String> route(DomainRouter router, String host) {
        return router.route(host).map(ServerConfig::id);
    }

    @Nested
    class A_host_as_clients_send_it {

        private final DomainRouter router = router(server("lobby", "Play.Example.org."));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "play.example.org",
                    "PLAY.EXAMPLE.ORG",
                    "play.example.org.",
                    "play.example.org...",
                    "play.example.org\0FML\0",
                    "play.example.org.\0FML2\0",
                    "play.example.org\0FML3\0",
                    "play.example.org\0" + "10.0.0.1\0" + "b0b",
                    "play.example.org.\0///1.2.3.4:5///6",
                })
        void finds_its_server(String host) {
            assertThat(route(router, host)).hasValue("lobby");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", ".", "\0", "\0play.example.org", "example.org", "xplay.example.org", "play.example.org "
                })
        void is_not_taken_for_another(String host) {
            assertThat(route(router, host)).isEmpty();
        }

        @Test
        void does_not_depend_on_the_language_of_the_machine() {
            assertThat(HostName.normalize("MINI.İ")).isEqualTo("MINI.İ".toLowerCase(java.util.Locale.ROOT));
            assertThat(HostName.normalize("MINI")).isEqualTo("mini");
        }
    }

    @Nested
    class Wildcards {

        @ParameterizedTest
        @CsvSource({
            "*,anything.at.all",
            "*,''",
            "*.example.org,a.example.org",
            "*.example.org,a.b.example.org",
            "play.*,play.example.org",
            "play.*,play.",
            "s?.example.org,s1.example.org",
            "*.s?.*.org,a.s1.b.c.org",
            "a*b*c,abc",
            "a*b*c,aXbXbXc",
            "a**b,a..b",
            "*?,x",
            "?*?,xy",
        })
        void match(String pattern, String host) {
            assertThat(new Wildcard(pattern).matches(host)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "*.example.org,example.org",
            "*.example.org,a.example.org.uk",
            "play.*,replay.example.org",
            "s?.example.org,s.example.org",
            "s?.example.org,s12.example.org",
            "a*b*c,acb",
            "ab*ba,aba",
            "*?,''",
            "?*?,x",
        })
        void do_not_match(String pattern, String host) {
            assertThat(new Wildcard(pattern).matches(host)).isFalse();
        }

        @Test
        void yield_to_an_exact_domain_wherever_it_is_declared() {
            var router = router(server("all", "*"), server("wild", "*.example.org"), server("one", "a.example.org"));
            assertThat(route(router, "a.example.org")).hasValue("one");
            assertThat(route(router, "b.example.org")).hasValue("wild");
            assertThat(route(router, "example.net")).hasValue("all");
        }

        @Test
        void with_more_literal_characters_come_first_then_longer_ones_then_earlier_ones() {
            var router = router(
                    server("all", "*"),
                    server("org", "*.org"),
                    server("example", "*.example.org"),
                    server("any", "?*.example.org"),
                    server("first", "a*.org"),
                    server("second", "*a.org"));
            assertThat(route(router, "x.example.org")).hasValue("any");
            assertThat(route(router, ".example.org")).hasValue("example");
            assertThat(route(router, "a.org")).hasValue("first");
            assertThat(route(router, "x.org")).hasValue("org");
            assertThat(route(router, "x")).hasValue("all");
        }
    }

    @Test
    void every_rule_that_fits_can_be_asked_for_the_one_that_wins_first() {
        DomainRouter router = router(server("all", "*"), server("one", "x.example.org", "*.example.org"));
        assertThat(router.rules("X.example.org.\0FML\0"))
                .extracting(rule -> rule.domain() + " " + rule.server().id() + " " + rule.isWildcard())
                .containsExactly("x.example.org one false", "*.example.org one true", "* all true");
        assertThat(router.rules("x".repeat(256))).isEmpty();
    }

    @Nested
    class A_domain_that_two_servers_claim {

        @Test
        void goes_to_the_later_one_with_a_warning_when_it_is_exact() {
            var router = router(server("a", "x.org"), server("b", "X.org"));
            assertThat(route(router, "x.org")).hasValue("b");
            assertThat(router.warnings())
                    .containsExactly("the domain \"X.org\" is claimed by the servers a and b; b gets it");
        }

        @Test
        void goes_to_the_earlier_one_with_a_warning_when_it_is_a_wildcard() {
            var router = router(server("a", "*.org"), server("b", "**.org"));
            assertThat(route(router, "x.org")).hasValue("a");
            assertThat(router.warnings())
                    .containsExactly("the domain \"**.org\" is claimed by the servers a and b; a gets it");
        }

        @Test
        void is_no_conflict_within_one_server() {
            assertThat(router(server("a", "x.org", "X.org.")).warnings()).isEmpty();
        }
    }

    @Nested
    class Any_host_and_any_pattern {

        /** The definition, with all ends tried at once: which prefixes of the pattern fit the host so far. */
        private static boolean fits(String pattern, String host) {
            boolean[] fits = new boolean[pattern.length() + 1];
            fits[0] = true;
            stars(pattern, fits);
            for (int at = 0; at < host.length(); at++) {
                char c = host.charAt(at);
                boolean[] next = new boolean[pattern.length() + 1];
                for (int i = 0; i < pattern.length(); i++) {
                    char wanted = pattern.charAt(i);
                    if (wanted == '*') {
                        next[i] |= fits[i];
                    } else if (wanted == '?' || wanted == c) {
                        next[i + 1] |= fits[i];
                    }
                }
                stars(pattern, next);
                fits = next;
            }
            return fits[pattern.length()];
        }

        private static void stars(String pattern, boolean[] fits) {
            for (int i = 0; i < pattern.length(); i++) {
                if (pattern.charAt(i) == '*' && fits[i]) {
                    fits[i + 1] = true;
                }
            }
        }

        private static String random(Random random, String alphabet, int most) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return text.toString();
        }

        @Test
        void agree_with_the_definition() {
            Random random = new Random(42);
            for (int round = 0; round < 200_000; round++) {
                String pattern = random(random, "ab.*?*", 8);
                String host = random(random, "ab.", 10);
                assertThat(new Wildcard(pattern).matches(host))
                        .as("%s on %s", pattern, host)
                        .isEqualTo(fits(pattern, host));
            }
        }

        @Test
        void find_the_most_specific_server_whatever_the_order() {
            Random random = new Random(7);
            for (int round = 0; round < 2_000; round++) {
                String[] patterns = new String[5];
                Arrays.setAll(patterns, i -> "*" + random(random, "ab.", 4));
                var servers = new ServerConfig[patterns.length];
                Arrays.setAll(servers, i -> server("s" + i, patterns[i]));
                String host = random(random, "ab.", 6) + "b";
                int best = Arrays.stream(patterns)
                        .map(HostName::normalize)
                        .filter(pattern -> fits(pattern, HostName.normalize(host)))
                        .mapToInt(String::length)
                        .max()
                        .orElse(-1);
                Optional<ServerConfig> found = router(servers).route(host);
                assertThat(found.map(server ->
                                HostName.normalize(server.domains().getFirst()).length()))
                        .as("%s among %s", host, Arrays.toString(patterns))
                        .isEqualTo(best < 0 ? Optional.empty() : Optional.of(best));
            }
        }

        @Test
        void cost_no_more_than_their_lengths_multiplied() {
            var router = router(server("trap", "*a".repeat(120) + "*b"));
            String host = "a".repeat(255);
            long begun = System.nanoTime();
            for (int round = 0; round < 1_000; round++) {
                assertThat(router.route(host)).isEmpty();
            }
            // A pattern that tried all ends would not be done in the life of the universe; a second is generous.
            assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
        }

        @Test
        void of_absurd_length_go_nowhere() {
            assertThat(route(router(server("all", "*")), "x".repeat(32_767))).isEmpty();
            assertThat(route(router(server("all", "*")), "x".repeat(255) + ".\0" + "y".repeat(500)))
                    .hasValue("all");
        }
    }
}
