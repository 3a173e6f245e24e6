package infrarust.proxy.permission;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.player.Player;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandsTest {

    @TempDir
    private Path folder;

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
        var admins = new Admins(database, InstantSource.system());
        var settings = new PermissionSettings(List.of("Root"), Set.of(), false);
        var permissions = new PlayerPermissions(
                settings, admins, new EventDispatcher(deadlines, EventDispatcher.DEFAULT_TIMEOUT), deadlines);
        new AdminCommands(admins, permissions, players, settings.admins()).addTo(operations);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String answer(String line) throws Exception {
        var typed = TypedCommand.of(line);
        operations
                .find(typed.label())
                .orElseThrow()
                .command()
                .execute(new CommandInvocation(console, typed.label(), typed.raw(), typed.arguments()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void a_proven_account_is_noted_by_its_id_and_found_by_its_name() throws Exception {
        var bob = new FakePlayer(1, "Bob") {
            @Override
            public boolean isOnlineMode() {
                return true;
            }
        };
        players.register(bob);
        assertThat(answer("op bob"))
                .isEqualTo(
                        "Bob is an admin now, with the account " + bob.profile().uuid() + ".");
        assertThat(answer("ops"))
                .isEqualTo("2 admins\nRoot (infrarust.toml)\nBob (account "
                        + bob.profile().uuid() + ", by console)");
        assertThat(answer("op Bob")).isEqualTo("Bob is an admin already.");
        assertThat(answer("deop bOB")).isEqualTo("Bob is no admin any more.");
        assertThat(answer("ops")).isEqualTo("1 admin\nRoot (infrarust.toml)");
    }

    @Test
    void a_name_counts_once_it_is_proven() throws Exception {
        assertThat(answer("op Eve"))
                .isEqualTo("Eve is an admin now, by name. It counts once a session server has verified the player.");
    }

    @Test
    void admins_of_the_configuration_stay_where_they_are() throws Exception {
        assertThat(answer("op root")).isEqualTo("root is an admin by infrarust.toml already.");
        assertThat(answer("deop Root"))
                .isEqualTo("Root is an admin by infrarust.toml; remove it from `admins` in [permissions] there.");
    }

    @Test
    void a_bad_command_says_what_was_expected() throws Exception {
        assertThat(answer("op")).isEqualTo("Say who shall be an admin: op <player|uuid>");
        assertThat(answer("deop a b")).isEqualTo("Say who shall be an admin no more: deop <player|uuid>");
        assertThat(answer("deop Nobody")).isEqualTo("Nobody is no admin; there are: none.");
        assertThat(answer("op seventeenletters0"))
                .isEqualTo("\"seventeenletters0\" is neither a player's name nor a UUID.");
    }
}
