package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import infrarust.wasm.component.DemoWorld.Capability;
import infrarust.wasm.component.DemoWorld.Filter;
import infrarust.wasm.component.DemoWorld.Guest;
import infrarust.wasm.component.DemoWorld.Host;
import infrarust.wasm.component.DemoWorld.Packet;
import infrarust.wasm.component.DemoWorld.Profile;
import infrarust.wasm.component.DemoWorld.Property;
import infrarust.wasm.component.DemoWorld.RecordingHost;
import infrarust.wasm.component.DemoWorld.Text;
import infrarust.wasm.component.DemoWorld.Translation;
import infrarust.wasm.component.DemoWorld.Verdict;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.wasi.Wasi;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Guests of the demo world in several languages, from the folder {@code -Dguests.dir=}; skipped without it. */
class DemoGuestsTest {

    private static CoreEngine engine;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @TestFactory
    Stream<DynamicTest> every_guest_of_the_demo_world_behaves_as_the_harness_says() throws IOException {
        String folder = System.getProperty("guests.dir", "");
        assumeTrue(!folder.isEmpty(), "-Dguests.dir is not given");
        List<Path> files;
        try (Stream<Path> listed = Files.list(Path.of(folder))) {
            files = listed.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        Component component = Component.compile(engine, Files.readAllBytes(file));
        assumeTrue(component.exports().containsKey("infrarust:demo/guest@0.2.3"), "another world");
        RecordingHost host = new RecordingHost();
        List<String> output = new ArrayList<>();
        try (Wasi wasi = Wasi.builder().stdout(output::add).stderr(output::add).build()) {
            Imports imports = wasi.offerTo(Imports.with(MethodHandles.lookup()).provide(Host.class, host));
            try (ComponentInstance instance = component.instantiate(imports, CoreLimits.defaults())) {
                checkGuest(instance.bind(Guest.class), host);
            }
        }
        if (!file.getFileName().toString().startsWith("js-")) {
            // A guest with a garbage collector drops handles when it likes.
            assertThat(host.drops).isPositive();
        }
        if (file.getFileName().toString().contains("println")) {
            assertThat(output).isNotEmpty();
        }
    }

    private static void checkGuest(Guest guest, RecordingHost host) {
        assertThat(guest.onEnable(
                        EnumSet.of(Capability.EVENT_BUS, Capability.LIMBO),
                        List.of(new Property("motd", "héllo"), new Property("x", "1"))))
                .isEqualTo(Result.ok());
        assertThat(guest.onEnable(EnumSet.noneOf(Capability.class), List.of()))
                .isEqualTo(Result.err("event-bus capability missing"));
        assertThat(guest.onLogin(host.player("Steve")))
                .isEqualTo(Result.ok(new Text.Translated(
                        new Translation("welcome", List.of("Steve", "A", "B", "Notch", "new", "42")))));
        assertThat(guest.onLogin(host.player("Banned")))
                .isInstanceOfSatisfying(
                        Result.Err.class, e -> assertThat(e.error().toString()).contains("denied: empty message"));
        Profile profile = new Profile(
                -1, "ünïcødé☃😀", List.of(new Property("a", "b"), new Property("", "")), OptionalInt.empty());
        Profile echoed = new Profile(-1, profile.username() + "!", profile.properties(), OptionalInt.of(0));
        assertThat(guest.echoProfile(profile)).isEqualTo(echoed);
        assertThat(guest.sum(List.of(1.5, 2.25, 3.0))).isEqualTo(6.75);
        assertThat(guest.spin(1000)).isEqualTo(499_500);
        checkFilters(guest);
    }

    private static void checkFilters(Guest guest) {
        Filter first = guest.filter(5);
        Filter second = guest.filter(6);
        assertThat(guest.live()).isEqualTo(2);
        assertThat(first.onPacket(new Packet(5, new byte[] {1, 2, 3})))
                .isInstanceOfSatisfying(Verdict.Replace.class, replace -> {
                    assertThat(replace.packet().id()).isEqualTo(5);
                    assertThat(replace.packet().data()).containsExactly(3, 2, 1);
                });
        assertThat(first.onPacket(new Packet(1, new byte[] {1}))).isEqualTo(new Verdict.Pass());
        assertThat(first.onPacket(new Packet(-1, new byte[0]))).isEqualTo(new Verdict.Drop());
        assertThat(first.onPacket(new Packet(99, new byte[] {9, 8})))
                .isInstanceOfSatisfying(
                        Verdict.Inject.class,
                        inject -> assertThat(inject.packets())
                                .hasSize(2)
                                .allSatisfy(p -> assertThat(p.data()).hasSize(1)));
        second.close();
        second.close();
        assertThat(guest.live()).isEqualTo(1);
        assertThatThrownBy(() -> second.onPacket(new Packet(1, new byte[0]))).isInstanceOf(IllegalStateException.class);
    }
}
