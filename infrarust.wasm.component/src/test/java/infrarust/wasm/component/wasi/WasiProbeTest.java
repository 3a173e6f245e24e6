package infrarust.wasm.component.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rust's standard library over WASI: {@code guest/fixtures/wasi-probe}, built by rustc for wasm32-wasip2. */
@DisabledOnOs(OS.WINDOWS)
class WasiProbeTest {

    /** How often a word comes. */
    record Count(String word, int count) {}

    /** The probe's export. */
    @WitInterface("infrarust:wasi-probe/probe@0.1.0")
    interface Probe {
        void print(String text);

        void printError(String text);

        List<Count> countWords(String text);

        Result<Unit, String> writeFile(String path, String content);

        Result<Unit, String> appendFile(String path, String content);

        Result<String, String> readFile(String path);

        Result<Unit, String> makeDirectory(String path);

        Result<Unit, String> remove(String path);

        Result<Unit, String> rename(String from, String to);

        Result<List<String>, String> names(String path);

        long seconds();

        long wait(int milliseconds);

        int arguments();

        void exit(int code);
    }

    private static CoreEngine engine;
    private static Component component;

    @TempDir
    Path temporary;

    final List<String> out = new ArrayList<>();
    final List<String> err = new ArrayList<>();
    final WasiTest.FakeClock clock = new WasiTest.FakeClock();
    Path folder;
    Wasi wasi;
    ComponentInstance instance;
    Probe probe;

    @BeforeAll
    static void compile() throws IOException {
        // The module itself finds no engines (its embedder does), so its descriptor does not say that it uses any.
        WasiProbeTest.class.getModule().addUses(CoreEngineProvider.class);
        engine = ServiceLoader.load(CoreEngineProvider.class)
                .findFirst()
                .orElseThrow()
                .open(CoreEngineSettings.defaults());
        component = Component.compile(
                engine, Files.readAllBytes(Path.of("..", "guest", "fixtures", "wasi-probe", "wasi-probe.wasm")));
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(temporary.resolve("data"));
        Files.writeString(temporary.resolve("secret"), "secret");
        wasi = Wasi.builder()
                .preopen(folder, false)
                .stdout(out::add)
                .stderr(err::add)
                .clock(clock)
                .maxWait(Duration.ofSeconds(2))
                .build();
        instance = component.instantiate(wasi.offerTo(Imports.with(MethodHandles.lookup())), CoreLimits.defaults());
        probe = instance.bind(Probe.class);
    }

    @AfterEach
    void stop() {
        instance.close();
        wasi.close();
    }

    @Test
    void prints_lines() {
        probe.print("hello\nwörld");
        probe.printError("oh");
        assertThat(out).containsExactly("hello", "wörld");
        assertThat(err).containsExactly("oh");
    }

    @Test
    void hashes_with_a_seed_of_its_own() {
        assertThat(probe.countWords("to be or not to be"))
                .containsExactly(new Count("be", 2), new Count("not", 1), new Count("or", 1), new Count("to", 2));
    }

    @Test
    void reads_and_writes_files_in_its_folder() throws IOException {
        assertThat(probe.makeDirectory("a/b")).isEqualTo(Result.ok());
        assertThat(probe.writeFile("a/b/c.txt", "one")).isEqualTo(Result.ok());
        assertThat(probe.appendFile("/a/b/c.txt", ", two")).isEqualTo(Result.ok());
        assertThat(folder.resolve("a/b/c.txt")).hasContent("one, two");
        assertThat(probe.readFile("a/b/../b/c.txt")).isEqualTo(Result.ok("one, two"));
        String large = "x".repeat(300_000);
        assertThat(probe.writeFile("large", large)).isEqualTo(Result.ok());
        assertThat(probe.readFile("large")).isEqualTo(Result.ok(large));
        assertThat(probe.rename("a/b/c.txt", "d.txt")).isEqualTo(Result.ok());
        assertThat(probe.names(".")).isEqualTo(Result.ok(List.of("a", "d.txt", "large")));
        assertThat(probe.remove("a/b")).isEqualTo(Result.ok());
        assertThat(probe.remove("d.txt")).isEqualTo(Result.ok());
        assertThat(probe.names("/")).isEqualTo(Result.ok(List.of("a", "large")));
        assertThat(probe.readFile("absent")).isEqualTo(Result.err("NotFound"));
    }

    @Test
    void gets_nowhere_else() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("..", "secret"));
        Files.createSymbolicLink(folder.resolve("absolute"), temporary.resolve("secret"));
        for (String path : List.of("../secret", "/../secret", "a/../../secret", "link", "absolute", "/etc/passwd")) {
            assertThat(probe.readFile(path)).as(path).isInstanceOf(Result.Err.class);
            assertThat(probe.writeFile(path, "overwritten")).as(path).isInstanceOf(Result.Err.class);
        }
        assertThat(temporary.resolve("secret")).hasContent("secret");
        assertThat(instance.isPoisoned()).isFalse();
    }

    @Test
    void tells_time_and_waits_within_bounds() {
        assertThat(probe.seconds()).isEqualTo(1_700_000_000L);
        assertThat(probe.wait(1_500)).isEqualTo(1_500);
        assertThatThrownBy(() -> probe.wait(10_000))
                .isInstanceOf(CoreTrap.HostFailure.class)
                .cause()
                .hasMessageContaining("PT2S are allowed");
    }

    @Test
    void finds_no_arguments_and_no_environment() {
        assertThat(probe.arguments()).isZero();
    }

    @Test
    void exits_with_a_trap_that_says_how() {
        assertThatThrownBy(() -> probe.exit(3))
                .isInstanceOf(CoreTrap.HostFailure.class)
                .cause()
                .isInstanceOfSatisfying(
                        WasiExit.class, e -> assertThat(e.isSuccess()).isFalse());
        assertThat(instance.isPoisoned()).isTrue();
    }

    @Test
    void is_refused_by_name_when_an_interface_is_withheld() throws IOException {
        try (Wasi less = Wasi.builder().without(WasiFilesystem.Types.class).build()) {
            Imports imports = less.offerTo(Imports.with(MethodHandles.lookup()));
            assertThatThrownBy(() -> component.instantiate(imports, CoreLimits.defaults()))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("wasi:filesystem/types");
        }
    }
}
