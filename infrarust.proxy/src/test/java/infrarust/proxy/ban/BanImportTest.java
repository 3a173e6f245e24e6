package infrarust.proxy.ban;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.ban.BanTarget;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the file of the configuration at the start. */
class BanImportTest {

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private Database database;
    private StoredBans stored;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("infrarust.db"));
        stored = new StoredBans(database, clock, true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void start() {
        new BanImport(stored, clock, folder)
                .atStart(folder.resolve("bans.json"))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void it_is_taken_in_once() throws IOException {
        Files.writeString(
                folder.resolve("bans.json"),
                "{\"bans\": [{\"target\": {\"type\": \"ip\", \"value\": \"203.0.113.7\"}}]}");
        start();
        assertThat(stored.size()).isEqualTo(1);
        assertThat(folder.resolve("bans.json")).doesNotExist();
        assertThat(folder.resolve("bans.json.imported")).exists();
        start();
        assertThat(stored.get(BanTarget.address("203.0.113.7"))
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    @Test
    void half_of_it_is_named_and_left_alone() throws IOException {
        Files.writeString(folder.resolve("bans.json"), "{\"bans\": [{\"tar");
        try (var lines = LogLines.of("infrarust.proxy.ban")) {
            start();
            assertThat(lines.lines())
                    .singleElement()
                    .asString()
                    .contains("bans.json cannot be read: line 1, column ", "Its bans do not hold");
        }
        assertThat(folder.resolve("bans.json")).exists();
        assertThat(folder.resolve("infrarust.db")).doesNotExist();
    }
}
