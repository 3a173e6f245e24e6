package infrarust.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HealthChecksTest {

    private final FakeClock clock = new FakeClock();
    private final List<Look> looks = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    /** No spread, and everybody was looked at just now. */
    private final RandomGenerator random = () -> 0;

    private record Look(Address address, Consumer<Optional<String>> outcome) {

        void isWell() {
            outcome.accept(Optional.empty());
        }

        void fails() {
            outcome.accept(Optional.of("refused"));
        }
    }

    private Pools pools(ActiveHealth health, String... addresses) {
        return new Pools(
                ProxySnapshot.of(
                        ProxyConfig.defaults(),
                        ServerConfig.builder("lobby")
                                .addresses(addresses)
                                .activeHealth(health)
                                .build(),
                        ServerConfig.limbo()),
                clock::nanoTime,
                change -> log.add(change.text()));
    }

    private HealthChecks checks(Pools pools, int maxConcurrent) {
        return new HealthChecks(
                pools,
                maxConcurrent,
                (server, address, outcome) -> looks.add(new Look(address, outcome)),
                clock::nanoTime,
                random);
    }

    private void run(HealthChecks checks, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(1);
            checks.tick();
        }
    }

    private static Pool pool(Pools pools) {
        return pools.all().iterator().next();
    }

    private static void fail(Pools pools, int member) {
        for (int i = 0; i < Ejection.FAILURES; i++) {
            pool(pools).failed(pool(pools).all().get(member), "refused");
        }
    }

    private Look last() {
        return looks.getLast();
    }

    @Nested
    class A_healthy_address {

        @Test
        void is_left_alone() {
            run(checks(pools(ActiveHealth.defaults(), "a", "b"), 8), 1000);
            assertThat(looks).isEmpty();
        }

        @Test
        void is_looked_at_in_its_interval_where_that_is_wanted() {
            var health = new ActiveHealth(
                    true,
                    ActiveHealth.Kind.TCP,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(3),
                    true,
                    8);
            HealthChecks checks = checks(pools(health, "a"), 8);
            run(checks, 29);
            assertThat(looks).isEmpty();
            run(checks, 1);
            last().isWell();
            run(checks, 29);
            assertThat(looks).hasSize(1);
            run(checks, 1);
            assertThat(looks).hasSize(2);
        }

        @Test
        void that_fails_once_is_looked_at_each_second_until_it_is_clear() {
            Pools pools = pools(ActiveHealth.defaults(), "a", "b");
            HealthChecks checks = checks(pools, 8);
            run(checks, 5);
            pool(pools).failed(pool(pools).all().get(1), "refused");
            run(checks, 1);
            assertThat(last().address()).isEqualTo(Address.parse("b"));
            last().fails();
            run(checks, 1);
            last().fails();
            assertThat(looks).hasSize(2);
            assertThat(log).singleElement().asString().contains("b:25565 is left out");
        }

        @Test
        void that_fails_once_and_is_well_then_is_left_alone() {
            Pools pools = pools(ActiveHealth.defaults(), "a", "b");
            HealthChecks checks = checks(pools, 8);
            pool(pools).failed(pool(pools).all().get(1), "refused");
            run(checks, 1);
            last().isWell();
            run(checks, 100);
            assertThat(looks).hasSize(1);
            assertThat(log).isEmpty();
        }
    }

    @Nested
    class An_address_that_is_left_out {

        @Test
        void is_looked_at_every_ten_seconds_until_it_is_back() {
            Pools pools = pools(ActiveHealth.defaults(), "a", "b");
            HealthChecks checks = checks(pools, 8);
            fail(pools, 0);
            for (int i = 1; i <= 5; i++) {
                run(checks, 10);
                assertThat(looks).hasSize(i);
                assertThat(last().address()).isEqualTo(Address.parse("a"));
                if (i < 5) {
                    last().fails();
                }
            }
            last().isWell();
            run(checks, 100);
            assertThat(looks).hasSize(5);
            assertThat(log).hasSize(2).last().asString().contains("a:25565 is back");
        }

        @Test
        void is_not_looked_at_again_before_the_answer_is_there() {
            Pools pools = pools(ActiveHealth.defaults(), "a");
            HealthChecks checks = checks(pools, 8);
            fail(pools, 0);
            run(checks, 100);
            assertThat(looks).hasSize(1);
        }

        @Test
        void is_left_to_the_players_where_looking_is_off() {
            Pools pools = pools(ActiveHealth.defaults().enabled(false), "a");
            HealthChecks checks = checks(pools, 8);
            assertThat(checks.isEmpty()).isTrue();
            fail(pools, 0);
            run(checks, 100);
            assertThat(looks).isEmpty();
        }
    }

    @Test
    void no_more_than_the_bound_are_looked_at_at_a_time_and_all_have_their_turn() {
        Pools pools = pools(ActiveHealth.defaults(), "a", "b", "c", "d", "e");
        HealthChecks checks = checks(pools, 2);
        for (int member = 0; member < 5; member++) {
            fail(pools, member);
        }
        run(checks, 20);
        assertThat(looks).hasSize(2);
        int seen = 0;
        for (int i = 0; i < 5; i++) {
            while (seen < looks.size()) {
                looks.get(seen++).fails();
            }
            run(checks, 1);
        }
        assertThat(looks.stream().limit(5).map(Look::address).distinct()).hasSize(5);
    }

    @Nested
    class Another_configuration {

        private ProxySnapshot snapshot(String... addresses) {
            return ProxySnapshot.of(
                    ProxyConfig.defaults(),
                    ServerConfig.builder("lobby").addresses(addresses).build());
        }

        @Test
        void is_looked_after_as_it_says() {
            Pools pools = pools(ActiveHealth.defaults(), "a", "b");
            HealthChecks checks = checks(pools, 8);
            fail(pools, 0);
            pools.configure(snapshot("c", "a"));
            checks.configure(8);
            run(checks, 10);
            assertThat(looks).extracting(Look::address).containsExactly(Address.parse("a"));
            last().isWell();
            assertThat(log).last().asString().contains("is back");
        }

        @Test
        void forgets_addresses_that_are_gone_even_while_they_are_looked_at() {
            Pools pools = pools(ActiveHealth.defaults(), "a", "b");
            HealthChecks checks = checks(pools, 1);
            fail(pools, 0);
            run(checks, 10);
            assertThat(looks).hasSize(1);
            pools.configure(snapshot("b"));
            checks.configure(1);
            last().fails();
            run(checks, 100);
            assertThat(looks).hasSize(1);
            fail(pools, 0);
            run(checks, 10);
            assertThat(looks).hasSize(2); // the bound of one at a time is free again
        }
    }
}
