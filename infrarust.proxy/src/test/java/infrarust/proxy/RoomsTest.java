package infrarust.proxy;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of the proxy know each other in one direction only. */
class RoomsTest {

    private static final String HOUSE = "infrarust.proxy.";

    /** Room by room, which others it may know. The root package wires them and may know all. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("net", Set.of()),
            Map.entry("protocol", Set.of()),
            Map.entry("event", Set.of()),
            Map.entry("filter", Set.of("protocol", "net")),
            Map.entry("service", Set.of()),
            Map.entry("store", Set.of()),
            Map.entry("telemetry", Set.of()),
            Map.entry("routing", Set.of("config")),
            Map.entry("console", Set.of("command", "service")),
            Map.entry(
                    "gate", Set.of("config", "event", "service", "routing", "protocol", "net", "filter", "telemetry")),
            Map.entry("status", Set.of("config", "event", "routing", "protocol", "net", "gate", "telemetry")),
            Map.entry(
                    "forward",
                    Set.of("config", "protocol", "net", "filter", "gate", "login", "event", "service", "telemetry")),
            Map.entry("login", Set.of("config", "protocol", "net", "gate", "event", "service", "telemetry")),
            Map.entry("command", Set.of("config", "event", "routing", "service")),
            Map.entry("ban", Set.of("config", "gate", "command", "event", "service", "store", "telemetry")),
            Map.entry("permission", Set.of("config", "command", "event", "service", "store")),
            Map.entry("messaging", Set.of("config", "service")),
            Map.entry(
                    "session",
                    Set.of(
                            "config",
                            "protocol",
                            "net",
                            "filter",
                            "gate",
                            "login",
                            "ban",
                            "permission",
                            "command",
                            "messaging",
                            "event",
                            "service",
                            "telemetry")),
            Map.entry("limbo", Set.of("config", "protocol", "net", "gate", "session", "telemetry")),
            Map.entry("live", Set.of("config", "routing", "gate", "command", "event", "service")),
            Map.entry("plugin", Set.of("config", "event", "service")),
            Map.entry("wasm", Set.of("config", "plugin", "event", "service")));

    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void the_whole_house_is_looked_at() {
        assertThat(classes.contain(Infrarust.class)).isTrue();
    }

    @Test
    void a_room_knows_only_the_rooms_it_may() {
        Set<String> trespassers = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = room(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = room(dependency.getTargetClass());
                if (!from.isEmpty()
                        && !to.isEmpty()
                        && !to.equals(from)
                        && !MAY_KNOW.get(from).contains(to)) {
                    trespassers.add(from + " knows " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(trespassers).isEmpty();
    }

    @Test
    void no_room_is_unlisted() {
        assertThat(classes.stream().map(RoomsTest::room).filter(name -> !name.isEmpty()))
                .isSubsetOf(MAY_KNOW.keySet());
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("infrarust.proxy.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void no_room_names_a_webassembly_engine() {
        assertThat(classes.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(name -> name.startsWith("infrarust.wasm.chicory")
                                || name.startsWith("infrarust.wasm.wasmtime")
                                || name.startsWith("com.dylibso")))
                .isEmpty();
    }

    /** The room of a class of this module: the first package below the root, or empty. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(HOUSE) ? name.substring(HOUSE.length()).split("\\.", 2)[0] : "";
    }
}
