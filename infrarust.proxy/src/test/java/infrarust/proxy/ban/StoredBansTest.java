package infrarust.proxy.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.Page;
import infrarust.proxy.store.Database;
import infrarust.proxy.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredBansTest {

    private static final UUID ACCOUNT = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final BanSource CONSOLE = new BanSource.Console();

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private Database database;
    private StoredBans bans;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("kept/infrarust.db"));
        bans = new StoredBans(database, clock, true);
        get(bans.load());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private Ban ban(BanTarget target) {
        return get(bans.ban(BanRequest.of(target), CONSOLE));
    }

    private Ban ban(String target, Duration time) {
        return get(bans.ban(
                BanRequest.of(BanTarget.player(target)).withDuration(time).withReason("because"), CONSOLE));
    }

    private boolean keepsOut(String address, String name, UUID uuid) {
        return bans.find(new LoginAttempt(
                        LoginAttempt.Stage.POST_AUTH,
                        InetAddress.ofLiteral(address),
                        Optional.of(name),
                        Optional.of(uuid),
                        true,
                        Optional.empty(),
                        Optional.empty()))
                .isPresent();
    }

    @Nested
    class Who_is_kept_out {

        @ParameterizedTest
        @CsvSource({
            "username, Griefer",
            "username, gRIEFER",
            "uuid, 069a79f444e94726a5befca90e38aaf5",
            "ip, 203.0.113.7",
            "ip-range, 203.0.113.0/24",
            "ip-range, 203.0.113.99/8",
            "ip-range, 0.0.0.0/0",
        })
        void is_whom_a_ban_covers(String type, String value) {
            ban(BanTarget.of(type, value));
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isTrue();
            assertThat(keepsOut("2001:db8::7", "Other", new UUID(0, 0))).isFalse();
            reopen();
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isTrue();
        }

        @Test
        void may_come_from_a_block_of_the_newer_kind_of_addresses() {
            ban(BanTarget.address("2001:db8:1::/48"));
            assertThat(keepsOut("2001:db8:1:ffff::1", "a", ACCOUNT)).isTrue();
            assertThat(keepsOut("2001:db8:2::1", "a", ACCOUNT)).isFalse();
            assertThat(keepsOut("32.1.13.184", "a", ACCOUNT)).isFalse();
        }

        @Test
        void is_let_in_when_the_ban_is_lifted() {
            ban(BanTarget.address("203.0.113.0/24"));
            assertThat(get(bans.unban(BanTarget.address("203.0.113.0/24"), CONSOLE)))
                    .isPresent();
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isFalse();
            assertThat(get(bans.unban(BanTarget.address("203.0.113.0/24"), CONSOLE)))
                    .isEmpty();
            reopen();
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isFalse();
        }

        @Test
        void is_let_in_when_the_time_is_over() {
            ban("Griefer", Duration.ofHours(1));
            clock.advance(Duration.ofMinutes(59));
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isTrue();
            clock.advance(Duration.ofMinutes(1));
            assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isFalse();
            assertThat(get(bans.get(new BanTarget.Username("griefer")))).isEmpty();
            assertThat(get(bans.list(Optional.empty(), 10)).entries()).isEmpty();
        }
    }

    @Test
    void a_second_ban_takes_the_place_of_the_first() {
        Ban first = ban("Griefer", Duration.ofHours(1));
        Ban second = ban("GRIEFER", Duration.ofHours(2));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(get(bans.list(Optional.empty(), 10)).entries()).containsExactly(second);
        reopen();
        assertThat(get(bans.get(new BanTarget.Username("griefer")))).contains(second);
    }

    @Test
    void there_is_no_file_before_there_is_a_ban() {
        ban_nobody();
        assertThat(folder).isEmptyDirectory();
        ban("Griefer", Duration.ofHours(1));
        assertThat(folder.resolve("kept/infrarust.db")).exists();
    }

    private void ban_nobody() {
        get(bans.unban(new BanTarget.Username("Griefer"), CONSOLE));
        get(bans.list(Optional.empty(), 10));
        get(bans.audit(Optional.empty(), 10));
        get(bans.purge());
        assertThat(keepsOut("203.0.113.7", "Griefer", ACCOUNT)).isFalse();
    }

    @Test
    void a_long_list_is_given_in_pages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ban("P" + i, Duration.ofDays(1));
            names.addFirst("P" + i);
        }
        List<String> seen = new ArrayList<>();
        Page<Ban> page = get(bans.list(Optional.empty(), 10));
        while (true) {
            page.entries().forEach(ban -> seen.add(ban.target().value()));
            if (page.nextCursor().isEmpty()) {
                break;
            }
            // Whoever is banned between two pages moves none of the others.
            ban("Q" + seen.size(), Duration.ofDays(1));
            page = get(bans.list(page.nextCursor(), 10));
        }
        assertThat(seen).isEqualTo(names);
        assertThat(get(bans.audit(Optional.empty(), 1_000)).entries()).hasSize(27);
        assertThatThrownBy(() -> get(bans.list(Optional.of("x"), 1)))
                .hasMessageContaining("no page at the cursor \"x\"");
    }

    @Test
    void it_is_noted_what_was_done() {
        ban("Griefer", Duration.ofHours(1));
        get(bans.unban(new BanTarget.Username("griefer"), new BanSource.Plugin("antibot")));
        ban("Other", Duration.ofHours(1));
        clock.advance(Duration.ofHours(1));
        assertThat(get(bans.purge())).isEqualTo(1);
        reopen();
        assertThat(get(bans.audit(Optional.empty(), 10)).entries())
                .extracting(
                        BanAuditEntry::action,
                        entry -> entry.target().value(),
                        entry -> entry.source().text())
                .containsExactly(
                        tuple(BanAuditEntry.Action.EXPIRED, "Other", "system"),
                        tuple(BanAuditEntry.Action.BANNED, "Other", "console"),
                        tuple(BanAuditEntry.Action.UNBANNED, "Griefer", "plugin:antibot"),
                        tuple(BanAuditEntry.Action.BANNED, "Griefer", "console"));
    }

    @Test
    void a_file_that_is_no_database_is_named() throws IOException {
        close();
        Files.createDirectories(folder.resolve("kept"));
        Files.writeString(folder.resolve("kept/infrarust.db"), "This is a letter to my mother. ".repeat(200));
        database = new Database(folder.resolve("kept/infrarust.db"));
        bans = new StoredBans(database, clock, true);
        assertThatThrownBy(() -> get(bans.load()))
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("infrarust.db is damaged or none: restore it from a backup");
    }

    @Test
    void bans_from_elsewhere_do_not_replace_those_that_hold() {
        Ban known = ban("Griefer", Duration.ofHours(1));
        var older = new Ban("", known.target(), Optional.of("old"), CONSOLE, known.createdAt(), Optional.empty());
        var fresh = new Ban(
                "", new BanTarget.Username("Fresh"), Optional.of("old"), CONSOLE, known.createdAt(), Optional.empty());
        var over = new Ban(
                "",
                new BanTarget.Username("Over"),
                Optional.empty(),
                CONSOLE,
                known.createdAt(),
                Optional.of(clock.instant()));
        assertThat(get(bans.importAll(List.of(older, fresh, over)))).isEqualTo(1);
        assertThat(get(bans.importAll(List.of(older, fresh, over)))).isZero();
        assertThat(get(bans.get(known.target()))).contains(known);
        assertThat(get(bans.get(fresh.target()))).isPresent();
    }
}
