package infrarust.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.Backend;
import infrarust.proxy.config.Balance;
import infrarust.proxy.config.Balancing;
import infrarust.proxy.config.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are the ports 1, 2, 3 … of one host, with weights as given. */
class PoolTest {

    private final FakeClock clock = new FakeClock();
    private final List<String> log = new ArrayList<>();

    private Pool pool(Balance balance, int... weights) {
        return pool(Balancing.of(balance), true, weights);
    }

    private Pool pool(Balancing balancing, boolean looked, int... weights) {
        var server = ServerConfig.builder("lobby")
                .backends(IntStream.range(0, weights.length)
                        .mapToObj(i -> new Backend(address(i + 1), weights[i]))
                        .toList())
                .balancing(balancing)
                .activeHealth(ActiveHealth.defaults().enabled(looked))
                .build();
        return new Pool(server, clock::nanoTime, change -> log.add(change.text()));
    }

    private static Address address(int port) {
        return new Address("h", port);
    }

    private static int port(Optional<Address> address) {
        return address.map(Address::port).orElse(0);
    }

    /** Players who come, find the address well, and stay; their ports in a row. */
    private static String join(Pool pool, int players) {
        return IntStream.range(0, players)
                .mapToObj(i -> {
                    Placement placement = pool.player();
                    int port = port(placement.next());
                    placement.answered();
                    return String.valueOf(port);
                })
                .collect(Collectors.joining());
    }

    /** As {@link #join}, but each leaves before the next one comes. */
    private static String visit(Pool pool, int players) {
        return IntStream.range(0, players)
                .mapToObj(i -> {
                    try (Placement placement = pool.player()) {
                        int port = port(placement.next());
                        placement.answered();
                        return String.valueOf(port);
                    }
                })
                .collect(Collectors.joining());
    }

    /** Ejects that address, by the failures of looks at it. */
    private static void fail(Pool pool, int port) {
        for (int i = 0; i < Ejection.FAILURES; i++) {
            pool.failed(pool.all().get(port - 1), "refused");
        }
    }

    private static void heal(Pool pool, int port) {
        pool.answered(pool.all().get(port - 1));
    }

    @Nested
    class First_available {

        @Test
        void is_the_first_of_the_file_for_everybody() {
            assertThat(join(pool(Balance.FIRST_AVAILABLE, 1, 5), 4)).isEqualTo("1111");
        }

        @Test
        void is_the_next_one_while_the_first_is_left_out() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            fail(pool, 1);
            assertThat(join(pool, 2)).isEqualTo("22");
            heal(pool, 1);
            assertThat(join(pool, 2)).isEqualTo("11");
        }
    }

    @Nested
    class Round_robin {

        @Test
        void gives_equals_turns() {
            assertThat(join(pool(Balance.ROUND_ROBIN, 1, 1, 1), 7)).isEqualTo("1231231");
        }

        @Test
        void spreads_the_turns_of_the_heavy_ones_as_nginx_does() {
            assertThat(join(pool(Balance.ROUND_ROBIN, 5, 1, 1), 7)).isEqualTo("1121311");
        }

        @Test
        void is_exact_over_each_round_for_any_weights() {
            var random = new Random(7);
            for (int round = 0; round < 200; round++) {
                int[] weights = random.ints(1 + random.nextInt(5), 1, 20).toArray();
                int total = IntStream.of(weights).sum();
                Pool pool = pool(Balance.ROUND_ROBIN, weights);
                for (int repeat = 0; repeat < 2; repeat++) {
                    String ports = join(pool, total);
                    for (int i = 0; i < weights.length; i++) {
                        char port = Character.forDigit(i + 1, 10);
                        assertThat(ports.chars().filter(c -> c == port).count()).isEqualTo(weights[i]);
                    }
                }
            }
        }

        @Test
        void does_not_give_one_who_returns_the_turns_he_missed() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1);
            fail(pool, 1);
            assertThat(join(pool, 5)).isEqualTo("22222");
            heal(pool, 1);
            assertThat(join(pool, 6)).isEqualTo("121212");
        }

        @Test
        void is_fair_to_the_rest_from_the_first_turn_when_one_is_left_out() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1, 1);
            assertThat(join(pool, 2)).isEqualTo("12");
            fail(pool, 2);
            assertThat(join(pool, 4)).isEqualTo("1313");
        }

        @Test
        void is_not_moved_by_questions() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(port(pool.question().next())).isEqualTo(1);
            }
            assertThat(join(pool, 2)).isEqualTo("12");
        }
    }

    @Nested
    class Least_conn {

        @Test
        void counts_players_who_are_still_on_their_way() {
            Pool pool = pool(Balance.LEAST_CONN, 1, 1, 1);
            List<Integer> ports = IntStream.range(0, 6)
                    .mapToObj(i -> port(pool.player().next()))
                    .toList();
            assertThat(ports.subList(0, 3)).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(ports.subList(3, 6)).containsExactlyInAnyOrder(1, 2, 3);
        }

        @Test
        void fills_up_where_somebody_has_left() {
            Pool pool = pool(Balance.LEAST_CONN, 1, 1);
            Placement first = pool.player();
            var _ = first.next();
            first.answered();
            join(pool, 3);
            assertThat(pool.members()).extracting(MemberStatus::active).containsExactly(2, 2);
            first.close();
            assertThat(join(pool, 1)).isEqualTo("1");
        }

        @Test
        void keeps_the_numbers_in_proportion_to_the_weights() {
            Pool pool = pool(Balance.LEAST_CONN, 3, 1);
            join(pool, 40);
            assertThat(pool.members()).extracting(MemberStatus::active).containsExactly(30, 10);
        }

        @Test
        void gives_equals_turns() {
            assertThat(visit(pool(Balance.LEAST_CONN, 1, 1, 1), 6)).isEqualTo("123123");
        }

        @Test
        void does_not_count_questions() {
            Pool pool = pool(Balance.LEAST_CONN, 1, 1);
            Placement question = pool.question();
            question.next();
            question.answered();
            assertThat(pool.members()).extracting(MemberStatus::active).containsExactly(0, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void whatever_happens_nobody_is_counted_who_is_not_there(Balance balance) {
        var random = new Random(11);
        Pool pool = pool(Balancing.of(balance), false, 1, 2, 3);
        List<Placement> there = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(2000)));
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    Placement placement = pool.player();
                    if (placement.next().isPresent()) {
                        there.add(placement);
                    }
                }
                case 2 -> any(there, random).ifPresent(Placement::answered);
                case 3 ->
                    any(there, random).ifPresent(placement -> {
                        placement.failed("refused");
                        if (placement.next().isEmpty()) {
                            there.remove(placement);
                        }
                    });
                case 4, 5 ->
                    any(there, random).ifPresent(placement -> {
                        placement.close();
                        placement.close();
                        placement.answered();
                        placement.failed("late");
                        there.remove(placement);
                    });
                default -> pool.drain(address(1 + random.nextInt(3)), random.nextBoolean());
            }
            assertThat(pool.members().stream().mapToInt(MemberStatus::active).sum())
                    .isEqualTo(there.size());
        }
        there.forEach(Placement::close);
        assertThat(pool.members()).extracting(MemberStatus::active).containsOnly(0);
    }

    @Test
    void players_of_several_loops_at_a_time_are_counted_exactly() {
        Pool pool = pool(Balance.ROUND_ROBIN, 2, 1, 1);
        int each = 4_000;
        List<List<Placement>> there = IntStream.range(0, 4)
                .parallel()
                .mapToObj(loop -> IntStream.range(0, each)
                        .mapToObj(i -> {
                            Placement placement = pool.player();
                            placement.next();
                            placement.answered();
                            return placement;
                        })
                        .toList())
                .toList();
        assertThat(pool.members()).extracting(MemberStatus::active).containsExactly(2 * each, each, each);
        there.parallelStream().forEach(all -> all.forEach(Placement::close));
        assertThat(pool.members()).extracting(MemberStatus::active).containsOnly(0);
    }

    private static Optional<Placement> any(List<Placement> there, Random random) {
        return there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
    }

    @Nested
    class A_player_whose_address_fails {

        @ParameterizedTest
        @EnumSource(Balance.class)
        void is_given_each_other_address_once(Balance balance) {
            Placement placement = pool(balance, 1, 2, 3).player();
            List<Integer> ports = new ArrayList<>();
            for (int port = port(placement.next()); port != 0; port = port(placement.next())) {
                placement.failed("refused");
                ports.add(port);
            }
            assertThat(ports).containsExactlyInAnyOrder(1, 2, 3);
        }

        @Test
        void gets_those_that_are_left_out_last() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1, 1);
            fail(pool, 1);
            Placement placement = pool.player();
            assertThat(List.of(port(placement.next()), port(placement.next()), port(placement.next())))
                    .containsExactly(2, 3, 1);
            assertThat(placement.next()).isEmpty();
        }
    }

    @Nested
    class When_every_address_is_left_out {

        @Test
        void they_are_used_all_the_same_by_the_same_rule() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1);
            fail(pool, 1);
            fail(pool, 2);
            Placement one = pool.player();
            Placement two = pool.player();
            assertThat(List.of(port(one.next()), port(two.next()))).containsExactlyInAnyOrder(1, 2);
        }

        @Test
        void the_one_that_answers_takes_everybody() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1);
            fail(pool, 1);
            fail(pool, 2);
            assertThat(join(pool, 1)).isEqualTo("1");
            assertThat(join(pool, 3)).isEqualTo("111");
        }
    }

    @Nested
    class An_address_that_is_left_out {

        @Test
        void is_tried_by_one_player_when_its_time_has_come_if_nobody_else_looks() {
            Pool pool = pool(Balancing.of(Balance.FIRST_AVAILABLE), false, 1, 1);
            fail(pool, 1);
            clock.pass(29);
            assertThat(join(pool, 1)).isEqualTo("2");
            clock.pass(1);
            assertThat(pool.members().getFirst().health()).isEqualTo(Health.PROBING);
            Placement trial = pool.player();
            assertThat(port(trial.next())).isEqualTo(1);
            assertThat(join(pool, 3)).as("everybody else").isEqualTo("222");
            trial.failed("refused");
            assertThat(port(trial.next())).as("and he is not lost").isEqualTo(2);
            clock.pass(59);
            assertThat(join(pool, 1)).isEqualTo("2");
            clock.pass(1);
            assertThat(join(pool, 1)).isEqualTo("1");
            assertThat(pool.members().getFirst().health()).isEqualTo(Health.HEALTHY);
        }

        @ParameterizedTest
        @EnumSource(
                value = Balance.class,
                names = {"ROUND_ROBIN", "LEAST_CONN"})
        void is_tried_whosever_turn_it_is_where_players_are_spread(Balance balance) {
            Pool pool = pool(Balancing.of(balance), false, 1, 1);
            fail(pool, 2);
            clock.pass(30);
            assertThat(port(pool.player().next())).isEqualTo(2);
            assertThat(join(pool, 2)).isEqualTo("11");
        }

        @Test
        void is_not_tried_while_an_earlier_one_takes_everybody_anyway() {
            Pool pool = pool(Balancing.of(Balance.FIRST_AVAILABLE), false, 1, 1);
            fail(pool, 2);
            clock.pass(1000);
            assertThat(join(pool, 3)).isEqualTo("111");
        }

        @Test
        void is_tried_by_another_player_when_the_first_has_left_before_it_was_clear() {
            Pool pool = pool(Balancing.of(Balance.FIRST_AVAILABLE), false, 1, 1);
            fail(pool, 1);
            clock.pass(30);
            Placement trial = pool.player();
            assertThat(port(trial.next())).isEqualTo(1);
            trial.close();
            assertThat(join(pool, 1)).isEqualTo("1");
        }

        @Test
        void is_tried_by_nobody_where_the_proxy_looks_by_itself() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            fail(pool, 2);
            clock.pass(1000);
            assertThat(join(pool, 3)).isEqualTo("111");
        }

        @Test
        void has_one_line_in_the_log_and_one_when_it_is_back_however_much_goes_on() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            for (int i = 0; i < 50; i++) {
                fail(pool, 1);
            }
            clock.pass(41);
            for (int i = 0; i < 50; i++) {
                heal(pool, 1);
            }
            assertThat(log)
                    .containsExactly(
                            "Server lobby: h:1 is left out after 3 failures, the last: refused; 1 of 2 healthy",
                            "Server lobby: h:1 is back after 41 s; 2 of 2 healthy");
        }

        @Test
        void that_goes_up_and_down_all_day_has_few_lines_in_the_log() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1);
            for (int second = 0; second < 24 * 60 * 60; second++) {
                clock.pass(1);
                fail(pool, 1);
                heal(pool, 1);
            }
            assertThat(log).hasSizeLessThan(2 * 24 * 12 + 20);
        }

        @Test
        void says_that_there_is_no_other() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1);
            fail(pool, 1);
            assertThat(log).singleElement().asString().endsWith("the last: refused; it is tried all the same");
        }

        @Test
        void is_taken_for_healthy_after_a_reset() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            fail(pool, 1);
            assertThat(pool.reset(address(1))).isTrue();
            assertThat(join(pool, 1)).isEqualTo("1");
            assertThat(pool.reset(address(9))).as("unknown").isFalse();
        }
    }

    @Nested
    class An_address_that_drains {

        @Test
        void keeps_its_players_and_gets_no_more() {
            Pool pool = pool(Balance.ROUND_ROBIN, 1, 1);
            join(pool, 2);
            assertThat(pool.drain(address(1), true)).isTrue();
            assertThat(join(pool, 3)).isEqualTo("222");
            assertThat(pool.members()).extracting(MemberStatus::active).containsExactly(1, 4);
            assertThat(pool.members().getFirst().health()).isEqualTo(Health.DRAINING);
            assertThat(pool.drain(address(9), true)).as("unknown").isFalse();
        }

        @Test
        void is_not_even_used_when_all_others_are_left_out() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            pool.drain(address(1), true);
            fail(pool, 2);
            Placement placement = pool.player();
            assertThat(port(placement.next())).isEqualTo(2);
            assertThat(placement.next()).isEmpty();
        }

        @Test
        void is_used_when_all_drain_so_that_a_drain_never_closes_a_server() {
            Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);
            pool.drain(address(1), true);
            pool.drain(address(2), true);
            assertThat(join(pool, 1)).isEqualTo("1");
        }

        @Test
        void returns_with_its_full_weight_when_it_was_healthy() {
            Pool pool = pool(new Balancing(Balance.ROUND_ROBIN, Optional.of(Duration.ofSeconds(60)), 1), true, 1, 1);
            pool.drain(address(1), true);
            clock.pass(1);
            pool.drain(address(1), false);
            assertThat(join(pool, 4)).isEqualTo("1212");
            assertThat(log)
                    .containsExactly(
                            "Server lobby: h:1 drains: no player is added", "Server lobby: h:1 takes players again");
        }
    }

    @Nested
    class Slow_start {

        private double weightAfter(Pool pool, long seconds) {
            clock.pass(seconds);
            return pool.members().getFirst().effectiveWeight();
        }

        private Pool recovered(double aggression) {
            Pool pool = pool(
                    new Balancing(Balance.ROUND_ROBIN, Optional.of(Duration.ofSeconds(100)), aggression), true, 10, 10);
            fail(pool, 1);
            clock.pass(50);
            heal(pool, 1);
            return pool;
        }

        @Test
        void does_not_hold_for_an_address_that_has_never_failed() {
            Pool pool = pool(new Balancing(Balance.ROUND_ROBIN, Optional.of(Duration.ofSeconds(100)), 1), true, 10, 10);
            assertThat(weightAfter(pool, 0)).isEqualTo(10);
        }

        @Test
        void grows_from_next_to_nothing_to_the_full_weight() {
            Pool pool = recovered(1);
            assertThat(weightAfter(pool, 0)).isEqualTo(0.1);
            assertThat(weightAfter(pool, 25)).isEqualTo(2.5);
            assertThat(weightAfter(pool, 25)).isEqualTo(5);
            assertThat(weightAfter(pool, 50)).isEqualTo(10);
            assertThat(weightAfter(pool, 1_000_000)).isEqualTo(10);
        }

        @Test
        void is_gentler_at_the_beginning_with_more_aggression() {
            assertThat(weightAfter(recovered(2), 50)).isEqualTo(2.5);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ROUND_ROBIN", "LEAST_CONN"})
        void sends_few_players_at_first(Balance balance) {
            Pool pool = pool(new Balancing(balance, Optional.of(Duration.ofSeconds(100)), 1), true, 1, 1);
            fail(pool, 1);
            heal(pool, 1);
            clock.pass(10);
            join(pool, 110);
            assertThat(pool.members().getFirst().active()).isBetween(9, 11);
        }
    }

    @Nested
    class Another_configuration {

        private Pool pool = pool(Balance.LEAST_CONN, 1, 1);

        private void configure(int... ports) {
            pool.configure(ServerConfig.builder("lobby")
                    .backends(IntStream.of(ports)
                            .mapToObj(port -> Backend.of(address(port)))
                            .toList())
                    .balancing(Balancing.of(Balance.LEAST_CONN))
                    .build());
        }

        private List<Integer> active() {
            return pool.members().stream().map(MemberStatus::active).toList();
        }

        @Test
        void keeps_who_is_on_an_address_that_stays() {
            join(pool, 4);
            configure(2, 3);
            assertThat(active()).containsExactly(2, 0);
            assertThat(join(pool, 2)).isEqualTo("33");
        }

        @Test
        void counts_those_who_leave_an_address_that_moved_in_the_file() {
            Placement first = pool.player();
            var _ = first.next();
            first.answered();
            configure(9, 1);
            assertThat(active()).containsExactly(0, 1);
            first.close();
            assertThat(active()).containsExactly(0, 0);
        }

        @Test
        void lets_players_leave_an_address_that_is_gone() {
            Placement first = pool.player();
            var _ = first.next();
            first.answered();
            configure(2);
            first.close();
            assertThat(active()).containsExactly(0);
        }

        @Test
        void keeps_health_and_drains() {
            fail(pool, 1);
            pool.drain(address(2), true);
            configure(3, 2, 1);
            assertThat(pool.members())
                    .extracting(MemberStatus::health)
                    .containsExactly(Health.HEALTHY, Health.DRAINING, Health.UNHEALTHY);
            assertThat(join(pool, 2)).isEqualTo("33");
        }

        @Test
        void gives_somebody_on_his_way_an_address_that_he_has_not_tried() {
            Placement one = pool.player();
            int tried = port(one.next());
            one.failed("refused");
            configure(tried, 7);
            assertThat(port(one.next())).isEqualTo(7);
            assertThat(one.next()).isEmpty();
        }
    }

    @Nested
    class Drains {

        private final Pool pool = pool(Balance.FIRST_AVAILABLE, 1, 1);

        @Test
        void end_when_nobody_wants_them_any_more() {
            pool.drain(address(1), true);
            pool.drain(address(1), "maintenance", true);
            pool.drain(address(1), false);
            assertThat(join(pool, 1)).isEqualTo("2");
            assertThat(pool.members().getFirst().drainedBy()).containsExactly("maintenance");
            pool.drain(address(1), "maintenance", false);
            assertThat(join(pool, 1)).isEqualTo("1");
            assertThat(log)
                    .containsExactly(
                            "Server lobby: h:1 drains: no player is added", "Server lobby: h:1 takes players again");
        }
    }
}
