package infrarust.wasm.spi.kit;

import static infrarust.wasm.spi.kit.KitModules.basics;
import static infrarust.wasm.spi.kit.KitModules.call;
import static infrarust.wasm.spi.kit.KitModules.extern;
import static infrarust.wasm.spi.kit.KitModules.function;
import static infrarust.wasm.spi.kit.KitModules.wasm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Modules, imports and limits. */
public abstract class LinkingKit extends EngineKit {

    private static final CoreFunctionType BINARY =
            new CoreFunctionType(List.of(CoreValueType.I32, CoreValueType.I32), List.of(CoreValueType.I32));

    @Nested
    class AModule {

        @Test
        void tells_its_imports_and_exports_in_order() {
            CoreModule module = engine.compile(wasm("borrower"));
            assertThat(module.imports())
                    .containsExactly(
                            new CoreModule.CoreImport("a", "f", new CoreExternType.Function(BINARY)),
                            new CoreModule.CoreImport("a", "f", new CoreExternType.Function(BINARY)),
                            new CoreModule.CoreImport(
                                    "a",
                                    "memory",
                                    new CoreExternType.Memory(
                                            new CoreExternType.Limits(1, Optional.empty()), false, false)),
                            new CoreModule.CoreImport("a", "count", new CoreExternType.Global(CoreValueType.I32, true)),
                            new CoreModule.CoreImport(
                                    "a",
                                    "oops",
                                    new CoreExternType.Tag(
                                            new CoreFunctionType(List.of(CoreValueType.I32), List.of()))));
            assertThat(module.exports().stream().map(CoreModule.CoreExport::name))
                    .startsWith("memory", "add", "again", "count", "oops", "started");
            assertThat(engine.compile(wasm("basics")).exports())
                    .contains(new CoreModule.CoreExport(
                            "table",
                            new CoreExternType.Table(
                                    CoreValueType.FUNCREF, new CoreExternType.Limits(2, Optional.of(10L)))));
        }

        @Test
        void that_is_none_is_refused() {
            byte[] whole = wasm("basics");
            assertThatThrownBy(() -> engine.compile(new byte[0])).isInstanceOf(CoreModuleException.class);
            assertThatThrownBy(
                            () -> engine.compile("not wasm at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isInstanceOf(CoreModuleException.class);
            for (int length = 1; length < whole.length; length += 7) {
                byte[] part = java.util.Arrays.copyOf(whole, length);
                // A cut between sections may leave a smaller valid module; nothing else may come out.
                try {
                    engine.compile(part);
                } catch (CoreModuleException e) {
                    assertThat(e).hasMessageContaining(" ");
                }
            }
        }
    }

    @Nested
    class TheShapeThatWitComponentEmits {

        @Test
        void links_shim_main_and_fixup() {
            CoreInstance shim = store.instantiate(engine.compile(wasm("shim")), List.of());
            CoreFunction real = store.hostFunction(
                    new CoreFunctionType(List.of(CoreValueType.I32), List.of(CoreValueType.I32)),
                    io -> io[0] = io[0] * 2);
            store.instantiate(engine.compile(wasm("fixup")), List.of(real, extern(shim, "$imports")));
            assertThat(call(shim, "0", 21)).isEqualTo(42);
        }

        @Test
        void fills_the_table_with_a_guest_function_of_a_third_instance() {
            CoreInstance shim = store.instantiate(engine.compile(wasm("shim")), List.of());
            CoreInstance main = basics(engine, store);
            store.instantiate(
                    engine.compile(wasm("fixup")), List.of(extern(main, "ping-then-add"), extern(shim, "$imports")));
            assertThat(call(shim, "0", 41)).isEqualTo(42);
        }
    }

    @Nested
    class ATableOfAnotherModule {

        @Test
        void holds_functions_whose_types_are_compared_by_structure() {
            CoreInstance owner = store.instantiate(engine.compile(wasm("table-owner")), List.of());
            store.instantiate(engine.compile(wasm("table-filler")), List.of(extern(owner, "t")));
            assertThat(call(owner, "call", 0, 21)).isEqualTo(42);
            assertThatThrownBy(() -> call(owner, "call", 1, 21)).isInstanceOf(CoreTrap.BadTableAccess.class);
        }
    }

    @Nested
    class ATableThatIsPassedOn {

        private static final String HEADER = "0061736d01000000";
        private static final String EXPORT = "0705 01 01 74 01 00";
        /** Owns a table of 1 to 10 elements. */
        private static final byte[] OWNER = hex("0405 01 70 01 01 0a", EXPORT);
        /** Imports a table of 1 element and any maximum, and exports it. */
        private static final byte[] BETWEEN = hex("0207 01 00 00 01 70 00 01", EXPORT);

        private static byte[] hex(String... sections) {
            return HexFormat.of().parseHex((HEADER + String.join("", sections)).replace(" ", ""));
        }

        private void passTo(byte[] last) {
            CoreInstance owner = store.instantiate(engine.compile(OWNER), List.of());
            CoreInstance between = store.instantiate(engine.compile(BETWEEN), List.of(extern(owner, "t")));
            store.instantiate(engine.compile(last), List.of(extern(between, "t")));
        }

        @Test
        void keeps_its_own_limits_whatever_the_import_said() {
            passTo(hex("0208 01 00 00 01 70 01 01 0a"));
        }

        @Test
        void is_refused_where_its_own_limits_are_too_wide() {
            assertThatThrownBy(() -> passTo(hex("0208 01 00 00 01 70 01 01 09")))
                    .isInstanceOf(CoreLinkException.class)
                    .hasMessageContaining("10");
        }
    }

    @Nested
    class Names {

        @Test
        void may_be_empty_repeated_or_any_text() {
            CoreModule module = engine.compile(wasm("odd-names"));
            CoreFunctionType nothing = new CoreFunctionType(List.of(), List.of());
            CoreExternType.Function function = new CoreExternType.Function(nothing);
            assertThat(module.imports())
                    .containsExactly(
                            new CoreModule.CoreImport("", "", function),
                            new CoreModule.CoreImport("", "", function),
                            new CoreModule.CoreImport("\ud83d\ude42", "a b\0", function));
            int[] calls = new int[3];
            CoreInstance instance = store.instantiate(
                    module,
                    List.of(
                            store.hostFunction(nothing, io -> calls[0]++),
                            store.hostFunction(nothing, io -> calls[1]++),
                            store.hostFunction(nothing, io -> calls[2]++)));
            assertThat(calls).as("by the start function").containsExactly(0, 1, 0);
            call(instance, "");
            call(instance, "\ud83d\ude42");
            assertThat(calls).containsExactly(1, 1, 1);
        }

        @Test
        void that_are_no_text_are_refused_with_their_place() {
            byte[] bad = wasm("odd-names");
            // The first byte of the four that make up the name of the third import.
            int at = indexOf(bad, 0xf0);
            bad[at] = (byte) 0xff;
            assertThatThrownBy(() -> engine.compile(bad))
                    .isInstanceOf(CoreModuleException.class)
                    .hasMessageContaining("UTF-8");
        }

        private static int indexOf(byte[] bytes, int value) {
            for (int i = 0; ; i++) {
                if ((bytes[i] & 0xff) == value) {
                    return i;
                }
            }
        }
    }

    @Nested
    class Imports {

        private List<CoreExtern> fromOwner(CoreInstance owner) {
            return List.of(
                    extern(owner, "add"),
                    extern(owner, "multiply"),
                    extern(owner, "memory"),
                    extern(owner, "count"),
                    extern(owner, "oops"));
        }

        private CoreInstance owner() {
            return store.instantiate(engine.compile(wasm("owner")), List.of());
        }

        @Test
        void go_by_position_although_two_have_one_name() {
            CoreInstance borrower = store.instantiate(engine.compile(wasm("borrower")), fromOwner(owner()));
            assertThat(call(borrower, "both", 5, 7)).isEqualTo(5 + 7 - 5 * 7);
            assertThat(call(borrower, "started")).isEqualTo(1);
        }

        @Test
        void that_are_exported_again_work_and_have_handles() throws Throwable {
            CoreInstance owner = owner();
            CoreInstance borrower = store.instantiate(engine.compile(wasm("borrower")), fromOwner(owner));
            CoreFunction again = function(borrower, "again");
            assertThat((int) again.handle().invokeExact(again.receiver(), 6, 7)).isEqualTo(42);
            assertThat(again).isEqualTo(function(owner, "multiply"));
            assertThat(extern(borrower, "memory")).isSameAs(extern(owner, "memory"));
            byte[] text = new byte[8];
            ((CoreMemory) extern(owner, "memory")).read(32, text, 0, 8);
            assertThat(text).asString().isEqualTo("borrowed");
            call(borrower, "bump");
            CoreInstance second = store.instantiate(
                    engine.compile(wasm("borrower")),
                    List.of(
                            extern(owner, "add"),
                            again,
                            extern(borrower, "memory"),
                            extern(borrower, "count"),
                            extern(borrower, "oops")));
            assertThat(call(second, "both", 2, 3)).isEqualTo(-1);
        }

        @Test
        void carry_exceptions_and_an_uncaught_one_is_a_trap() {
            CoreInstance borrower = store.instantiate(engine.compile(wasm("borrower")), fromOwner(owner()));
            assertThat(call(borrower, "catch", 9)).isEqualTo(9);
            assertThatThrownBy(() -> call(borrower, "throw", 9)).isInstanceOf(CoreTrap.Other.class);
        }

        @Test
        void of_another_type_number_or_store_are_refused_by_name() {
            CoreInstance owner = owner();
            CoreModule module = engine.compile(wasm("borrower"));
            assertThatThrownBy(() -> store.instantiate(module, List.of())).isInstanceOf(CoreLinkException.class);
            List<CoreExtern> swapped = new ArrayList<>(fromOwner(owner));
            swapped.set(0, extern(owner, "memory"));
            assertThatThrownBy(() -> store.instantiate(module, swapped))
                    .isInstanceOf(CoreLinkException.class)
                    .hasMessageContaining("\"f\"");
            List<CoreExtern> otherType = new ArrayList<>(fromOwner(owner));
            otherType.set(1, store.hostFunction(new CoreFunctionType(List.of(), List.of()), io -> {}));
            assertThatThrownBy(() -> store.instantiate(module, otherType)).isInstanceOf(CoreLinkException.class);
            List<CoreExtern> immutable = new ArrayList<>(fromOwner(owner));
            immutable.set(3, extern(owner, "fixed"));
            assertThatThrownBy(() -> store.instantiate(module, immutable)).isInstanceOf(CoreLinkException.class);
            try (CoreStore other = engine.newStore(CoreLimits.defaults())) {
                assertThatThrownBy(() -> other.instantiate(module, fromOwner(owner)))
                        .isInstanceOf(CoreLinkException.class);
            }
            assertThat(store.isPoisoned()).isFalse();
        }
    }

    /** Tags are generative and compared by identity (core specification, 4.5.3 and 4.4.10). */
    @Nested
    class Tags {

        private CoreInstance owner() {
            return store.instantiate(engine.compile(wasm("tags-owner")), List.of());
        }

        private CoreInstance thrower(CoreInstance owner, CoreExtern tag) {
            return store.instantiate(engine.compile(wasm("tags-thrower")), List.of(extern(owner, "padding"), tag));
        }

        private CoreInstance catcher(CoreExtern first, CoreExtern second, CoreInstance thrower) {
            return store.instantiate(
                    engine.compile(wasm("tags-catcher")), List.of(first, second, extern(thrower, "throw")));
        }

        @Test
        void of_two_instances_of_one_module_are_two() {
            CoreInstance one = owner();
            CoreInstance two = owner();
            CoreExtern first = extern(one, "t");
            CoreExtern second = extern(two, "t");
            assertThat(call(catcher(first, second, thrower(one, first)), "which", 7))
                    .isEqualTo(107);
            assertThat(call(catcher(first, second, thrower(one, second)), "which", 7))
                    .isEqualTo(207);
            assertThat(call(catcher(first, first, thrower(one, second)), "which", 7))
                    .as("caught by nobody but catch_all")
                    .isEqualTo(400);
        }

        @Test
        void of_one_type_in_one_module_are_two() {
            CoreInstance owner = owner();
            CoreInstance thrower = thrower(owner, extern(owner, "u"));
            assertThat(call(catcher(extern(owner, "t"), extern(owner, "u"), thrower), "which", 7))
                    .isEqualTo(207);
        }

        @Test
        void that_are_given_twice_are_one_and_the_first_clause_counts() {
            CoreInstance owner = owner();
            CoreExtern tag = extern(owner, "t");
            assertThat(call(catcher(tag, tag, thrower(owner, tag)), "which", 7)).isEqualTo(207);
        }

        @Test
        void are_caught_by_their_owner_when_another_module_throws_them() {
            CoreInstance owner = owner();
            CoreInstance caller = store.instantiate(engine.compile(wasm("tags-caller")), List.of());
            CoreInstance catcher = catcher(extern(owner, "t"), extern(owner, "u"), caller);
            CoreInstance thrower = thrower(owner, extern(catcher, "own"));
            store.instantiate(
                    engine.compile(wasm("tags-filler")), List.of(extern(thrower, "throw"), extern(caller, "table")));
            assertThat(call(catcher, "which", 7)).isEqualTo(307);
        }

        @Test
        void stay_the_same_when_they_are_exported_again() {
            CoreInstance owner = owner();
            CoreInstance thrower = thrower(owner, extern(owner, "t"));
            CoreInstance between = catcher(extern(owner, "t"), extern(owner, "u"), thrower);
            CoreInstance last = catcher(extern(owner, "u"), extern(between, "first"), thrower);
            assertThat(call(last, "which", 7)).isEqualTo(207);
            CoreInstance ofBetween = catcher(extern(between, "own"), extern(between, "first"), thrower);
            assertThat(call(ofBetween, "which", 7)).isEqualTo(207);
        }

        @Test
        void that_nobody_catches_end_the_call() {
            CoreInstance owner = owner();
            CoreInstance catcher = catcher(extern(owner, "t"), extern(owner, "u"), thrower(owner, extern(owner, "t")));
            assertThatThrownBy(() -> call(catcher, "throw-own", 1)).isInstanceOf(CoreTrap.Other.class);
        }
    }

    @Nested
    class Instantiation {

        @Test
        void traps_for_segments_out_of_bounds_and_a_start_function_that_does() {
            trapsAtStart(CoreTrap.MemoryOutOfBounds.class, "bad-segment");
            trapsAtStart(CoreTrap.BadTableAccess.class, "bad-element");
            trapsAtStart(CoreTrap.Unreachable.class, "bad-start");
        }

        private void trapsAtStart(Class<? extends CoreTrap> kind, String fixture) {
            try (CoreStore fresh = engine.newStore(CoreLimits.defaults())) {
                CoreModule module = engine.compile(wasm(fixture));
                assertThatThrownBy(() -> fresh.instantiate(module, List.of())).isInstanceOf(kind);
                assertThat(fresh.isPoisoned()).isTrue();
            }
        }

        @Test
        void gives_each_instance_memory_globals_and_tables_of_its_own() {
            CoreInstance one = basics(engine, store);
            CoreInstance two = basics(engine, store);
            assertThat(call(one, "next-count")).isEqualTo(8);
            assertThat(call(one, "next-count")).isEqualTo(9);
            assertThat(call(two, "next-count")).isEqualTo(8);
            assertThat(call(one, "table-grow", 3)).isEqualTo(2);
            assertThat(call(two, "table-size")).isEqualTo(2);
            assertThat(call(basics(engine, store), "table-size")).isEqualTo(2);
        }
    }

    @Nested
    class Segments {

        private CoreInstance one;
        private CoreInstance two;
        private CoreMemory memory;

        @BeforeEach
        void shareOneMemory() {
            one = store.instantiate(engine.compile(wasm("segments-a")), List.of());
            two = store.instantiate(
                    engine.compile(wasm("segments-b")), List.of(extern(one, "memory"), extern(one, "table")));
            memory = (CoreMemory) extern(one, "memory");
        }

        private String text(int length) {
            byte[] bytes = new byte[length];
            memory.read(0, bytes, 0, length);
            return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Test
        void are_each_instances_own_although_the_memory_is_not() {
            call(one, "init", 0, 5);
            assertThat(text(5)).isEqualTo("first");
            call(two, "init", 0, 5);
            assertThat(text(5)).isEqualTo("third");
            call(one, "init-second", 0, 6);
            assertThat(text(6)).isEqualTo("second");
            call(two, "drop");
            call(one, "init", 0, 5);
            assertThat(text(5)).isEqualTo("first");
            call(one, "table-init", 0);
            call(two, "table-init", 1);
            call(two, "elem-drop");
            call(one, "table-init", 2);
            assertThat(call(one, "call", 0) * 10 + call(one, "call", 1)).isEqualTo(12);
        }

        @Test
        void serve_every_memory_of_the_instance() {
            call(two, "init-own", 7, 5);
            byte[] bytes = new byte[12];
            ((CoreMemory) extern(two, "own")).read(0, bytes, 0, 12);
            assertThat(bytes).asString().startsWith("!").endsWith("third");
            assertThat(text(5)).startsWith("....");
        }

        @Test
        void that_are_dropped_are_empty() {
            call(one, "drop");
            call(one, "init", 0, 0);
            assertThatThrownBy(() -> call(one, "init", 0, 1)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
        }

        @Test
        void that_are_active_are_dropped_once_written() {
            call(one, "drop-active");
            call(one, "init-active", 0, 0);
            assertThatThrownBy(() -> call(one, "init-active", 0, 1)).isInstanceOf(CoreTrap.MemoryOutOfBounds.class);
        }

        @Test
        void of_elements_that_are_dropped_are_empty() {
            call(one, "elem-drop");
            assertThatThrownBy(() -> call(one, "table-init", 0)).isInstanceOf(CoreTrap.BadTableAccess.class);
        }
    }

    @Nested
    class Limits {

        @Test
        void refuse_a_larger_minimum() {
            CoreModule module = engine.compile(wasm("owner"));
            try (CoreStore none = engine.newStore(new CoreLimits(0, 20_000))) {
                assertThatThrownBy(() -> none.instantiate(module, List.of())).isInstanceOf(CoreLinkException.class);
            }
            try (CoreStore small = engine.newStore(new CoreLimits(1, 1))) {
                assertThatThrownBy(() -> basics(engine, small)).isInstanceOf(CoreLinkException.class);
            }
        }

        @Test
        void stop_growth() {
            try (CoreStore small = engine.newStore(new CoreLimits(2, 3))) {
                CoreInstance instance = basics(engine, small);
                assertThat(call(instance, "grow", 2)).isEqualTo(-1);
                assertThat(call(instance, "grow", 1)).isEqualTo(1);
                assertThat(call(instance, "grow", 1)).isEqualTo(-1);
                assertThat(call(instance, "table-grow", 2)).isEqualTo(-1);
                assertThat(call(instance, "table-grow", 1)).isEqualTo(2);
                assertThat(call(instance, "table-grow", 1)).isEqualTo(-1);
            }
        }

        @Test
        void are_for_all_memories_and_tables_of_the_store_together() {
            try (CoreStore small = engine.newStore(new CoreLimits(5, 5))) {
                CoreInstance instance = small.instantiate(engine.compile(wasm("memories")), List.of());
                CoreInstance borrower =
                        small.instantiate(engine.compile(wasm("grow-imported")), List.of(extern(instance, "one")));
                assertThat(call(instance, "grow-second", 1)).isEqualTo(1);
                assertThat(call(borrower, "grow", 3)).isEqualTo(-1);
                assertThat(call(borrower, "grow", 2)).isEqualTo(1);
                assertThat(call(instance, "grow-first", 1)).isEqualTo(-1);
                assertThat(call(instance, "grow-second", 1)).isEqualTo(-1);
                assertThat(call(instance, "grow-second", 0)).isEqualTo(2);
                assertThat(call(instance, "grow-first-table", 2)).isEqualTo(1);
                assertThat(call(instance, "grow-second-table", 2)).isEqualTo(-1);
                assertThat(call(instance, "grow-second-table", 1)).isEqualTo(1);
                assertThatThrownBy(() -> small.instantiate(engine.compile(wasm("owner")), List.of()))
                        .isInstanceOf(CoreLinkException.class);
                assertThat(small.isPoisoned()).isFalse();
            }
        }

        @Test
        void hold_for_sizes_beyond_the_signed_numbers() {
            CoreInstance instance = store.instantiate(engine.compile(wasm("memories")), List.of());
            for (int by : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
                assertThat(call(instance, "grow-first", by)).isEqualTo(-1);
                assertThat(call(instance, "grow-first-table", by)).isEqualTo(-1);
            }
        }

        @Test
        void bound_the_number_of_instances() {
            CoreModule module = engine.compile(wasm("shim"));
            try (CoreStore small = engine.newStore(new CoreLimits(0, 100, 2, 100_000))) {
                small.instantiate(module, List.of());
                small.instantiate(module, List.of());
                assertThatThrownBy(() -> small.instantiate(module, List.of())).isInstanceOf(CoreLinkException.class);
            }
        }
    }
}
