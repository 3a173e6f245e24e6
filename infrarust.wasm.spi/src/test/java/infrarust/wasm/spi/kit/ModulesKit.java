package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.leb;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What modules are refused before anything of them runs. */
@Timeout(60)
public abstract class ModulesKit extends EngineKit {

    private static final String HEADER = "0061736d01000000";
    /** One function type: () -> (). */
    private static final String TYPE = "010401600000";

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
            assumeFalse(engine.features().contains(feature));
            assertThatThrownBy(() -> engine.compile(wasm(fixture)))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining(feature.name());
        }

        @Test
        void of_tail_calls_is_named_or_takes_no_stack() {
            if (engine.features().contains(CoreFeature.TAIL_CALLS)) {
                CoreInstance instance = store.instantiate(engine.compile(wasm("tail-calls")), List.of());
                assertThat(call(instance, "even", 100_001)).isZero();
            } else {
                assertThatThrownBy(() -> engine.compile(wasm("tail-calls")))
                        .isInstanceOf(CoreModuleException.class)
                        .hasMessageContaining("TAIL_CALLS");
            }
        }
    }

    @Nested
    class AnInvalidModule {

        @ParameterizedTest
        @CsvSource({
            "two exports of one name, 07 09 02 01 61 00 00 01 61 00 00",
            "an unknown function, 07 05 01 01 61 00 01",
            "an unknown table, 07 05 01 01 61 01 00",
            "an unknown memory, 07 05 01 01 61 02 00",
            "an unknown global, 07 05 01 01 61 03 00",
            "an unknown tag, 07 05 01 01 61 04 00",
            "an unknown kind, 07 05 01 01 61 05 00",
        })
        void by_its_exports_is_refused(String what, String exports) {
            byte[] wasm = hex(HEADER, TYPE, "03020100", exports, "0a040102000b");
            assertThatThrownBy(() -> engine.compile(wasm)).as(what).isInstanceOf(CoreModuleException.class);
        }

        @Test
        void with_a_global_that_starts_with_itself_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, "0606 01 7f00 2300 0b")))
                    .isInstanceOf(CoreModuleException.class);
        }

        @Test
        void with_a_function_or_import_of_an_unknown_type_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, TYPE, "03020101", "0a040102000b")))
                    .isInstanceOf(CoreModuleException.class);
            assertThatThrownBy(() -> engine.compile(hex(HEADER, TYPE, "0205 01 00 00 00 07")))
                    .isInstanceOf(CoreModuleException.class);
        }

        @Test
        void with_a_tag_that_gives_results_is_refused() {
            assertThatThrownBy(() -> engine.compile(hex(HEADER, "010501600001 7f", "0d03 01 00 00")))
                    .isInstanceOf(CoreModuleException.class);
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
                    .isInstanceOf(CoreModuleException.class);
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
                    .isInstanceOf(CoreModuleException.class);
        }
    }

    /** Small modules whose compilation would take seconds or minutes, while nothing could stop it. */
    @Nested
    class TooMuchWork {

        private ByteArrayOutputStream module;

        @BeforeEach
        void begin() {
            module = new ByteArrayOutputStream();
            module.writeBytes(hex(HEADER));
        }

        private void section(int id, int count, ByteArrayOutputStream items) {
            ByteArrayOutputStream number = new ByteArrayOutputStream();
            leb(number, count);
            module.write(id);
            leb(module, number.size() + items.size());
            module.writeBytes(number.toByteArray());
            module.writeBytes(items.toByteArray());
        }

        private void section(int id, int count, byte[] item) {
            ByteArrayOutputStream items = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                items.writeBytes(item);
            }
            section(id, count, items);
        }

        /** So many times the type () -> (). */
        private void equalTypes(int count) {
            section(1, count, new byte[] {0x60, 0, 0});
        }

        /** Types that differ, of ten parameters each. */
        private void differentTypes(int count) {
            ByteArrayOutputStream types = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                types.writeBytes(new byte[] {0x60, 10});
                for (int digit = 0; digit < 10; digit++) {
                    types.write(0x7f - ((i >> (2 * digit)) & 3));
                }
                types.write(0);
            }
            section(1, count, types);
        }

        /** Imported functions of the first type. */
        private void importedFunctions(int count) {
            section(2, count, new byte[4]);
        }

        /** Functions of the first type, which do nothing. */
        private void functions(int count) {
            section(3, count, new byte[1]);
            section(10, count, new byte[] {2, 0, 0x0b});
        }

        private AbstractThrowableAssert<?, ?> assertRefused() {
            byte[] wasm = module.toByteArray();
            return assertThatThrownBy(() -> engine.compile(wasm)).isInstanceOf(CoreModuleException.class);
        }

        @Test
        void by_the_number_of_imports_is_refused() {
            equalTypes(1);
            importedFunctions(5_001);
            assertRefused().hasMessageContaining("5001 imports");
        }

        @Test
        void by_imports_and_types_is_refused_although_no_function_is_defined() {
            differentTypes(20);
            importedFunctions(4_000);
            assertRefused().hasMessageContaining("4000 imported functions").hasMessageContaining("20 types");
        }

        @Test
        void by_functions_and_types_is_refused_although_nothing_is_imported() {
            differentTypes(10_000);
            functions(40_000);
            assertRefused().hasMessageContaining("40000 functions").hasMessageContaining("10000 types");
        }

        @Test
        void by_functions_of_types_that_are_equal_is_refused() {
            equalTypes(1_000);
            functions(4_000);
            assertRefused().hasMessageContaining("4000 functions").hasMessageContaining("1000 types");
        }

        @Test
        void by_references_to_imports_is_refused() {
            equalTypes(1);
            importedFunctions(4_000);
            section(3, 1, new byte[1]);
            // Declares the first import, so that it may be referred to.
            section(9, 1, new byte[] {3, 0, 1, 0});
            int references = 100_000;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            leb(body, 2 + 3 * references);
            body.write(0);
            for (int i = 0; i < references; i++) {
                body.writeBytes(new byte[] {(byte) 0xd2, 0, 0x1a});
            }
            body.write(0x0b);
            section(10, 1, body);
            assertRefused().hasMessageContaining("100000 ref.func");
        }

        @Test
        void is_not_what_large_plugins_take() {
            differentTypes(100);
            importedFunctions(60);
            functions(2_000);
            assertThat(engine.compile(module.toByteArray()).imports()).hasSize(60);
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
        void without_measure_is_taken_or_refused_but_harms_nobody() {
            try {
                assertThat(engine.compile(nested(200_000)).exports()).hasSize(1);
            } catch (CoreModuleException refused) {
                assertThat(refused).isNotNull();
            }
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
