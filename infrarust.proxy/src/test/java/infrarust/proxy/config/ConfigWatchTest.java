package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the file system and its notifications; every wait ends with what it waits for. */
class ConfigWatchTest {

    @TempDir
    Path folder;

    private final Semaphore noticed = new Semaphore(0);
    private Path servers;
    private Path file;
    private ConfigWatch watch;

    @BeforeEach
    void names() throws IOException {
        servers = folder.resolve("servers");
        file = folder.resolve("infrarust.toml");
        Files.writeString(file, "");
    }

    @AfterEach
    void end() {
        if (watch != null) {
            watch.close();
        }
    }

    /** Begins, and waits for the one notice that every watch begins with. */
    private void watch() throws InterruptedException {
        watch = new ConfigWatch(() -> new ConfigWatch.Watched(List.of(file), servers), noticed::release);
        watch.start();
        assertNoticed();
        noticed.drainPermits();
    }

    private void assertNoticed() throws InterruptedException {
        assertThat(noticed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Nested
    class Notices {

        @Test
        void a_file_that_is_written() throws Exception {
            Files.createDirectory(servers);
            watch();
            Files.writeString(servers.resolve("a.toml"), "x");
            assertNoticed();
            Files.writeString(file, "y");
            assertNoticed();
        }

        @Test
        void a_file_that_is_saved_by_a_rename() throws Exception {
            watch();
            Path beside = folder.resolve(".infrarust.toml.swp");
            Files.writeString(beside, "x");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            assertNoticed();
        }

        @Test
        void a_file_that_is_deleted() throws Exception {
            Files.createDirectory(servers);
            Files.writeString(servers.resolve("a.toml"), "x");
            watch();
            Files.delete(servers.resolve("a.toml"));
            assertNoticed();
        }

        @Test
        void a_folder_that_is_made_later_and_what_comes_into_it() throws Exception {
            watch();
            Files.createDirectory(servers);
            Files.writeString(servers.resolve("a.toml"), "x");
            assertNoticed();
            noticed.drainPermits();
            Files.writeString(servers.resolve("b.toml"), "x");
            assertNoticed();
        }

        @Test
        void a_folder_that_takes_the_place_of_another() throws Exception {
            Files.createDirectory(servers);
            Files.writeString(servers.resolve("a.toml"), "x");
            Path other = Files.createDirectory(folder.resolve("next"));
            Files.writeString(other.resolve("a.toml"), "y");
            watch();
            Files.move(servers, folder.resolve("last"));
            Files.move(other, servers);
            assertNoticed();
            noticed.drainPermits();
            Files.writeString(servers.resolve("b.toml"), "x");
            assertNoticed();
        }

        @Test
        void a_config_map_of_kubernetes_that_is_turned_over() throws Exception {
            Files.createDirectory(servers);
            Path first = Files.createDirectory(servers.resolve("..1"));
            Path second = Files.createDirectory(servers.resolve("..2"));
            for (Path each : List.of(first, second)) {
                Files.writeString(each.resolve("a.toml"), each.getFileName().toString());
                // What a volume gives them.
                Files.setLastModifiedTime(each.resolve("a.toml"), FileTime.fromMillis(1_700_000_000_000L));
            }
            Path data = servers.resolve("..data");
            Files.createSymbolicLink(data, first.getFileName());
            Files.createSymbolicLink(servers.resolve("a.toml"), Path.of("..data", "a.toml"));
            watch();
            Files.createSymbolicLink(servers.resolve("..data_tmp"), second.getFileName());
            Files.move(servers.resolve("..data_tmp"), data, StandardCopyOption.ATOMIC_MOVE);
            assertNoticed();
            assertThat(Files.readString(servers.resolve("a.toml"))).isEqualTo("..2");
        }

        @Test
        void a_link_that_leads_elsewhere_without_anything_in_the_folder_changing() throws Exception {
            Files.createDirectory(servers);
            Path far = Files.createDirectory(folder.resolve("far"));
            Files.writeString(far.resolve("one"), "x");
            Files.createSymbolicLink(servers.resolve("a.toml"), far.resolve("one"));
            watch();
            Files.writeString(far.resolve("one"), "longer than before");
            assertNoticed(); // by the look each two seconds
        }
    }

    @Test
    void minds_only_what_may_be_a_file_of_the_configuration() {
        var watched = new ConfigWatch.Watched(List.of(file, folder.resolve("forwarding.secret")), servers);
        assertThat(List.of("a.toml", "..data", "servers", "infrarust.toml", "forwarding.secret"))
                .allMatch(name -> watched.matters(Path.of(name)));
        assertThat(List.of("latest.log", "a.toml.swp", "4913", "..data_tmp"))
                .noneMatch(name -> watched.matters(Path.of(name)));
    }
}
