package infrarust.proxy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OnlinePlayersTest {

    private final OnlinePlayers players = new OnlinePlayers();

    private FakePlayer join(String name) {
        var player = new FakePlayer(players.nextId(), name);
        players.register(player);
        return player;
    }

    @Test
    void numbers_begin_with_one() {
        assertThat(players.nextId()).isEqualTo(1);
        assertThat(players.nextId()).isEqualTo(2);
    }

    @Test
    void a_number_is_listed_once() {
        players.register(new FakePlayer(7, "Ada"));
        assertThatIllegalStateException().isThrownBy(() -> players.register(new FakePlayer(7, "Bob")));
    }

    @Nested
    class LookingUp {

        @Test
        void finds_by_number_account_and_server() {
            var ada = join("Ada");
            var bob = join("Bob");
            bob.moveTo("lobby");

            assertThat(players.byId(1)).contains(ada);
            assertThat(players.byUuid(bob.profile().uuid())).contains(bob);
            assertThat(players.onServer("lobby")).containsExactly(bob);
            assertThat(players.all()).containsExactly(ada, bob);
            assertThat(players.count()).isEqualTo(2);
        }

        @Test
        void by_name_prefers_the_exact_spelling_and_else_takes_any() {
            var upper = join("BOB");
            var lower = join("bob");

            assertThat(players.byName("bob")).contains(lower);
            assertThat(players.byName("BOB")).contains(upper);
            assertThat(players.byName("Bob")).isPresent();
            assertThat(players.byName("Rob")).isEmpty();
        }
    }

    @Nested
    class ASecondConnectionOfAnAccount {

        private final UUID account = UUID.randomUUID();
        private final FakePlayer older = new FakePlayer(players.nextId(), "Ada", account);
        private final FakePlayer newer = new FakePlayer(players.nextId(), "Ada", account);

        @Test
        void is_told_of_the_older_one() {
            assertThat(players.register(older)).isEmpty();
            assertThat(players.register(newer)).contains(older);
        }

        @Test
        void stays_found_when_the_older_one_leaves() {
            players.register(older);
            players.register(newer);
            players.remove(older);

            assertThat(players.byUuid(account)).contains(newer);
            assertThat(players.byName("ada")).contains(newer);
            assertThat(players.count()).isEqualTo(1);
        }
    }

    @Test
    void a_player_who_left_is_found_by_nothing() {
        var ada = join("Ada");
        players.remove(ada);
        players.remove(ada);

        assertThat(players.byId(1)).isEmpty();
        assertThat(players.byName("Ada")).isEmpty();
        assertThat(players.byUuid(ada.profile().uuid())).isEmpty();
        assertThat(players.count()).isZero();
    }
}
