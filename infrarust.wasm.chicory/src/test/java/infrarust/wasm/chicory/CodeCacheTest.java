package infrarust.wasm.chicory;

import static infrarust.wasm.spi.kit.KitModules.basics;
import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.kit.KitModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CodeCacheTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

    @TempDir
    Path temporary;

    Path folder;
    final List<String> warnings = new ArrayList<>();
    final System.Logger log = new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            warnings.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            warnings.add(MessageFormat.format(format, parameters));
        }
    };

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("deeper").resolve("code");
    }

    private CoreEngine engine() {
        return new ChicoryEngine(true, Optional.of(folder), () -> log);
    }

    /** Compiles the module with a new engine and runs it; answers the entry. */
    private Path run() throws IOException {
        try (CoreEngine engine = engine();
                CoreStore store = engine.newStore(CoreLimits.defaults())) {
            CoreInstance instance = basics(engine, store);
            assertThat(call(instance, "ping-then-add", 41)).isEqualTo(42);
            assertThat(engine.description()).contains("(compiler)");
        }
        return entry();
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static boolean isOld(Path entry) throws IOException {
        return Files.getLastModifiedTime(entry).equals(LONG_AGO);
    }

    @Nested
    class ANewFolder {

        @Test
        void is_the_owners_alone_and_its_entries_are_used_again() throws IOException {
            Path entry = run();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                    .isEqualTo("rw-------");
            Files.setLastModifiedTime(entry, LONG_AGO);
            assertThat(isOld(run())).isTrue();
            assertThat(warnings).isEmpty();
        }

        @Test
        void serves_modules_with_interpreted_functions() throws IOException {
            for (int i = 0; i < 2; i++) {
                try (CoreEngine engine = engine();
                        CoreStore store = engine.newStore(CoreLimits.defaults())) {
                    CoreModule module = engine.compile(KitModules.huge());
                    CoreInstance instance = store.instantiate(module, List.of());
                    assertThat(call(instance, "small", 3)).isEqualTo(call(instance, "grind", 3));
                }
            }
            assertThat(warnings)
                    .as("one line at each load, from the cache or not")
                    .hasSize(2)
                    .allMatch(line -> line.contains("1 function(s) are too large to compile"));
        }
    }

    @Nested
    class ADamagedEntry {

        @Test
        void is_made_anew_with_one_warning() throws IOException {
            Path entry = run();
            byte[] good = Files.readAllBytes(entry);
            for (int at : new int[] {0, 5, 9, 20, good.length / 2, good.length - 1}) {
                byte[] bad = good.clone();
                bad[at] ^= 0x10;
                Files.write(entry, bad);
                Files.setLastModifiedTime(entry, LONG_AGO);
                warnings.clear();
                assertThat(isOld(run())).isFalse();
                assertThat(warnings).hasSize(1).first().asString().contains("is made anew");
            }
        }

        @Test
        void that_is_cut_short_is_made_anew() throws IOException {
            Path entry = run();
            byte[] good = Files.readAllBytes(entry);
            for (int length : new int[] {0, 3, 17, good.length - 1}) {
                Files.write(entry, java.util.Arrays.copyOf(good, length));
                Files.setLastModifiedTime(entry, LONG_AGO);
                assertThat(isOld(run())).isFalse();
            }
        }
    }

    @Nested
    class AnEntryThatOthersCouldHaveWritten {

        @Test
        void is_ignored() throws IOException {
            Path entry = run();
            Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.setLastModifiedTime(entry, LONG_AGO);
            run();
            assertThat(warnings).anyMatch(line -> line.contains("is ignored"));
        }

        @Test
        void is_not_followed_when_it_is_a_link() throws IOException {
            Path entry = run();
            Path elsewhere = Files.move(entry, temporary.resolve("elsewhere"));
            Files.createSymbolicLink(entry, elsewhere);
            run();
            assertThat(warnings).anyMatch(line -> line.contains("is ignored"));
        }

        @Test
        void is_not_even_read_in_a_folder_open_to_others() throws IOException {
            run();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            run();
            assertThat(warnings).anyMatch(line -> line.contains("is not kept"));
        }
    }

    @Test
    void nobody_asks_for_a_logger_before_there_is_something_to_say() throws IOException {
        Path entry = run();
        AtomicInteger asked = new AtomicInteger();
        Supplier<System.Logger> counting = () -> {
            asked.incrementAndGet();
            return log;
        };
        try (CoreEngine engine = new ChicoryEngine(true, Optional.of(folder), counting)) {
            engine.compile(wasm("basics"));
            engine.compile(wasm("owner"));
            assertThat(asked).hasValue(0);
            Files.write(entry, new byte[0]);
            engine.compile(wasm("basics"));
            assertThat(asked).hasPositiveValue();
        }
    }

    @Test
    void the_same_bytes_have_one_entry_and_others_another() throws IOException {
        run();
        try (CoreEngine engine = engine()) {
            engine.compile(wasm("owner"));
            engine.compile(wasm("owner"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
