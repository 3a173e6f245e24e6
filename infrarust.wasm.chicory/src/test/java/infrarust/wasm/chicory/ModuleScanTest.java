package infrarust.wasm.chicory;

import static infrarust.wasm.chicory.Fixtures.call;
import static infrarust.wasm.chicory.Fixtures.leb;
import static infrarust.wasm.chicory.Fixtures.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What modules are refused before anything of them runs, in both modes. */
@ParameterizedClass
@ValueSource(strings = {"compiler", "interpreter"})
@Timeout(60)
class ModuleScanTest {

    private static final String HEADER = "0061736d01000000";
    /** One function type: () -> (). */
    private static final String TYPE = "010401600000";

    @Parameter
    String mode;

    CoreEngine engine;

    @BeforeEach
    void open() {
        engine = Fixtures.engine(mode);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }

    @Nested
    class AFeatureThatIsNotOffered {

        @ParameterizedTest
        @CsvSource({
            "shared-memory, THREADS",
            "atomics, THREADS",
            "simd, SIMD",
            "relaxed-simd, SIMD",
            "memory64, MEMORY64",
            "table64, MEMORY64",
            "gc, GC",
            "typed-reference, GC",
            "recursive-types, GC",
        })
        void is_named(String fixture, CoreFeature feature) {
            assertThat(engine.features()).doesNotContain(feature);
            assertThatThrownBy(() -> engine.compile(wasm(fixture)))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining(feature.name())
                    .hasMessageContaining("does not offer");
        }

        @Test
        void may_be_offered_by_the_interpreter() {
            if (engine.features().contains(CoreFeature.TAIL_CALLS)) {
                try (CoreStore store = engine.newStore(CoreLimits.defaults())) {
                    CoreInstance instance = store.instantiate(engine.compile(wasm("tail-calls")), List.of());
                    assertThat(call(instance, "even", 100_001)).isZero();
                }
            } else {
                assertThat(mode).isEqualTo("compiler");
                assertThatThrownBy(() -> engine.compile(wasm("tail-calls"))).hasMessageContaining("TAIL_CALLS");
            }
        }
    }

    @Nested
    class AnInvalidModule {

        @ParameterizedTest
        @CsvSource({
            "two exports of one name, 07 09 02 01 61 00 00 01 61 00 00, duplicate export name \"a\"",
            "an unknown function, 07 05 01 01 61 00 01, export \"a\" is of unknown function 1",
            "an unknown table, 07 05 01 01 61 01 00, unknown table 0",
            "an unknown memory, 07 05 01 01 61 02 00, unknown memory 0",
            "an unknown global, 07 05 01 01 61 03 00, unknown global 0",
            "an unknown tag, 07 05 01 01 61 04 00, unknown tag 0",
            "an unknown kind, 07 05 01 01 61 05 00, malformed export kind 5",
        })
        void by_its_exports_is_refused(String what, String exports, String message) {
            byte[] wasm = hex(HEADER, TYPE, "03020100", exports, "0a040102000b");
            assertThatThrownBy(() -> engine.compile(wasm))
                    .as(what)
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("at byte");
        }

        @Test
        void with_a_global_that_starts_with_itself_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, "0606 01 7f00 2300 0b")))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("unknown global 0");
        }

        @Test
        void with_a_function_or_import_of_an_unknown_type_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, TYPE, "03020101", "0a040102000b")))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("unknown type 1");
            assertThatThrownBy(() -> engine.compile(hex(HEADER, TYPE, "0205 01 00 00 00 07")))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("unknown type 7");
        }

        @Test
        void with_a_tag_that_gives_results_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, "010501600001 7f", "0d03 01 00 00")))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("a tag has a type with results");
        }
    }

    @Nested
    class ALyingLength {

        @ParameterizedTest
        @CsvSource({
            "types, 01 05 ff ff ff ff 0f",
            "parameters, 01 07 01 60 ff ff ff ff 07",
            "imports, 02 05 ff ff ff ff 07",
            "a name, 02 07 01 ff ff ff ff 07 61",
            "functions, 03 05 ff ff ff ff 07",
            "tables, 04 05 ff ff ff ff 07",
            "elements, 09 0a 01 00 41 00 0b ff ff ff ff 07",
            "data, 0b 0a 01 00 41 00 0b ff ff ff ff 07",
            "a section, 01 ff ff ff ff 07 00",
        })
        void is_refused_without_an_allocation_of_that_size(String what, String section) {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, section)))
                    .as(what)
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("not a valid core module");
        }

        @Test
        void of_locals_is_refused_although_it_is_made_of_small_ones() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int groups = 1_000;
            leb(body, groups);
            for (int i = 0; i < groups; i++) {
                leb(body, 50_000);
                body.write(0x7f);
            }
            body.write(0x0b);
            assertThatThrownBy(() -> engine.compile(function(body.toByteArray())))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("too many locals");
        }
    }

    @Nested
    class DeepNesting {

        private byte[] nested(int depth) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(0);
            for (int i = 0; i < depth; i++) {
                body.write(0x02);
                body.write(0x40);
            }
            for (int i = 0; i <= depth; i++) {
                body.write(0x0b);
            }
            return function(body.toByteArray());
        }

        @Test
        void is_refused_before_it_hurts() {
            assertThatThrownBy(() -> engine.compile(nested(200_000)))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("nests more than");
        }

        @Test
        void of_some_thousand_is_taken() {
            try (CoreStore store = engine.newStore(CoreLimits.defaults())) {
                CoreInstance instance = store.instantiate(engine.compile(nested(5_000)), List.of());
                assertThat(call(instance, "f")).isZero();
            }
        }
    }

    /** A module that exports {@code f}, of type () -> (), with that body. */
    private static byte[] function(byte[] body) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(1);
        leb(code, body.length);
        code.writeBytes(body);
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(hex(HEADER, TYPE, "03020100", "0705 01 01 66 00 00"));
        module.write(10);
        leb(module, code.size());
        module.writeBytes(code.toByteArray());
        return module.toByteArray();
    }

    @Nested
    class AnOffsetBeyondTheSignedNumbers {

        @ParameterizedTest
        @CsvSource({"load, 4", "load, 0", "load-half, 0", "load-half, -2147483648", "store, 16", "store, -1"})
        void traps_and_does_not_wrap_around(String name, int address) {
            try (CoreStore store = engine.newStore(CoreLimits.defaults())) {
                CoreInstance instance = store.instantiate(engine.compile(wasm("far-offsets")), List.of());
                assertThat(call(instance, "near", 8)).isZero();
                assertThatThrownBy(() -> call(instance, name, address)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
            }
        }
    }
}
