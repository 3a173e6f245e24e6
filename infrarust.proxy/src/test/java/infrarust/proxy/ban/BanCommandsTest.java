package infrarust.proxy.ban;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.config.BanSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BanCommandsTest {

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private final OnlinePlayers players = new OnlinePlayers();
    private final Operations operations = new Operations();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CommandSource console = new CommandSource() {
        @Override
        public Optional<Player> player() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return "console";
        }

        @Override
        public void sendMessage(Component message) {
            told.add(PlainTextComponentSerializer.plainText().serialize(message));
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }
    };
    private Database database;

    @BeforeEach
    void open() {
        var deadlines = new FakeDeadlines();
        database = new Database(folder.resolve("infrarust.db"));
        var stored = new StoredBans(database, clock, true);
        var bans = new ProxyBans(
                BanSettings.defaults(),
                stored,
                new EventDispatcher(deadlines, EventDispatcher.DEFAULT_TIMEOUT),
                players,
                deadlines,
                clock);
        new BanCommands(bans, players, new BanImport(stored, clock, folder)).addTo(operations);
        players.register(new FakePlayer(1, "Bob"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private CommandInvocation invocation(TypedCommand typed, List<String> arguments) {
        return new CommandInvocation(console, typed.label(), typed.raw(), arguments);
    }

    private String answer(String line) throws Exception {
        var typed = TypedCommand.of(line);
        operations
                .find(typed.label())
                .orElseThrow()
                .command()
                .execute(invocation(typed, typed.arguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    private List<String> completed(String line) throws Exception {
        var typed = TypedCommand.of(line);
        return operations
                .find(typed.label())
                .orElseThrow()
                .command()
                .suggest(invocation(typed, typed.unfinishedArguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .stream()
                .map(Suggestion::text)
                .toList();
    }

    @Test
    void a_ban_is_issued_shown_and_lifted() throws Exception {
        assertThat(answer("ban griefer 1d12h breaking things"))
                .isEqualTo("Banned griefer (name), for 1d12h more: breaking things [console, 2026-12-01 12:00 UTC]");
        assertThat(answer("ban-ip 203.0.113.0/24 perm")).startsWith("Banned 203.0.113.0/24 (addresses), for ever");
        assertThat(answer("banip bob")).startsWith("Banned 127.0.0.1 (address), for ever");
        assertThat(answer("banlist"))
                .startsWith("127.0.0.1 (address)")
                .contains("\n203.0.113.0/24 (addresses)", "\ngriefer (name)");
        assertThat(answer("baninfo GRIEFER")).startsWith("griefer (name), for 1d12h more");
        assertThat(answer("baninfo 203.0.113.9")).startsWith("203.0.113.0/24 (addresses)");
        assertThat(answer("baninfo Bob")).startsWith("127.0.0.1 (address)");
        assertThat(answer("baninfo Nobody")).isEqualTo("Nobody is not banned.");
        assertThat(answer("pardon Griefer")).isEqualTo("Unbanned griefer.");
        assertThat(answer("unban-ip 203.0.113.0/24")).isEqualTo("Unbanned 203.0.113.0/24.");
        assertThat(answer("unban Griefer")).isEqualTo("Griefer is not banned; banlist shows who is.");
        assertThat(answer("banlog")).contains("2026-12-01 12:00 UTC unbanned griefer by console: breaking things");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "ban ~ Say whom to ban: ban <player|uuid> [duration|perm] [reason]",
                "ban-ip ~ Say whom to ban: ban-ip <address|block|player> [duration|perm] [reason]",
                "ban x 5w ~ \"5w\" is no duration; expected is one like 30m, 12h or 1d12h (units s, m, h, d), or perm.",
                "ban x 0s ~ \"0s\" is no duration; expected is one like 30m, 12h or 1d12h (units s, m, h, d), or perm.",
                "ban seventeenletters0 ~ \"seventeenletters0\" is no player's name: those have 1 to 16 characters and no blanks.",
                "ban-ip nobody ~ \"nobody\" is no IP address.",
                "ban-ip 1.2.3.4/40 ~ the prefix length 40 is not in 0..32.",
                "unban ~ Say whom to let in again: unban <player|uuid>",
                "banlist two ~ Expected is a page: banlist [1, 2, 3, ...]",
                "banlist 2 ~ There is no page 2.",
                "banlist ~ Nobody is banned.",
                "ban-import ~ Say which file: ban-import <bans.json|banned-players.json|banned-ips.json>",
            })
    void a_bad_command_says_what_was_expected(String line, String expected) throws Exception {
        assertThat(answer(line)).isEqualTo(expected);
    }

    @Test
    void a_reason_may_begin_with_a_number() throws Exception {
        assertThat(answer("ban griefer 2nd time")).contains("for ever: 2nd time");
    }

    @Test
    void long_lists_have_pages() throws Exception {
        for (int i = 1; i <= 25; i++) {
            answer("ban P" + i);
        }
        assertThat(answer("bans").lines()).hasSize(11).last().isEqualTo("Page 1; more with banlist 2");
        assertThat(answer("bans 3").lines()).hasSize(5).last().asString().startsWith("P1 ");
    }

    @Test
    void what_could_follow_is_proposed() throws Exception {
        answer("ban griefer");
        answer("ban-ip 203.0.113.7");
        assertThat(completed("ban b")).containsExactly("Bob");
        assertThat(completed("ban Bob 3")).containsExactly("30m", "30d");
        assertThat(completed("unban ")).containsExactly("griefer");
        assertThat(completed("unban-ip ")).containsExactly("203.0.113.7");
    }

    @Test
    void a_file_of_bans_is_taken_in() throws Exception {
        Files.writeString(folder.resolve("banned-ips.json"), "[{\"ip\": \"203.0.113.7\"}, {\"ip\": \"x\"}]");
        assertThat(answer("ban-import banned-ips.json"))
                .isEqualTo("Took in 1 of 2 bans of banned-ips.json; not understood: entry 2: \"x\" is no IP address");
        assertThat(answer("baninfo 203.0.113.7")).startsWith("203.0.113.7 (address), for ever");
        assertThat(answer("ban-import nothing.json")).startsWith("The bans in nothing.json cannot be read: ");
    }
}
