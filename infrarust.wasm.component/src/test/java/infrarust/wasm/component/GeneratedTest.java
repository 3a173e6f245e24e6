package infrarust.wasm.component;

import static infrarust.wasm.component.ComponentBytes.component;
import static infrarust.wasm.component.ComponentBytes.hex;
import static infrarust.wasm.component.ComponentBytes.join;
import static infrarust.wasm.component.ComponentBytes.list;
import static infrarust.wasm.component.ComponentBytes.module;
import static infrarust.wasm.component.ComponentBytes.name;
import static infrarust.wasm.component.ComponentBytes.number;
import static infrarust.wasm.component.ComponentBytes.section;
import static infrarust.wasm.component.ComponentBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Components of some hundred thousand bytes that ask for far more time, stack or memory than that. */
class GeneratedTest {

    private static final int CORE_TYPES = 3;
    private static final int COMPONENT = 4;
    private static final int INSTANCES = 5;
    private static final int ALIASES = 6;
    private static final int TYPES = 7;
    private static final int IMPORTS = 10;
    private static final int EXPORTS = 11;

    private static byte[] imported(String name, String type) {
        return join(hex("00"), name(name), hex(type));
    }

    private static byte[] exportedType(String name, int index) {
        return join(hex("00"), name(name), hex("03"), number(index), hex("00"));
    }

    private static byte[] exportedInstance(String name, int index) {
        return join(hex("00"), name(name), hex("05"), number(index), hex("00"));
    }

    private static byte[] member(String name, String what) {
        return join(hex("00"), name(name), hex(what));
    }

    /** What the first instance exports. */
    private static byte[] alias(String sort, String name) {
        return join(hex(sort), hex("00 00"), name(name));
    }

    /** Instances of the first component, without arguments. */
    private static byte[] instances(int count) {
        return section(INSTANCES, times(count, hex("00 00 00")));
    }

    private static List<byte[]> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> name("a" + i)).toList();
    }

    private static void assertRefused(byte[] component, String says) {
        assertThatThrownBy(() -> Wit.of(component))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining(says);
    }

    @Nested
    class Stack {

        private static final int NAMES = 20_000;

        @Test
        void a_type_may_have_more_names_after_one_another_than_the_stack_has_room_for() {
            List<byte[]> names = new ArrayList<>();
            for (int i = 0; i < NAMES; i++) {
                names.add(exportedType("t" + i, i + 2));
            }
            byte[] inner = component(
                    section(TYPES, List.of(hex("3f 7f 00"))),
                    section(EXPORTS, List.of(exportedType("r", 0))),
                    section(TYPES, List.of(hex("69 01"))),
                    section(EXPORTS, names));
            // An instance of its own shows a few of the names only.
            byte[] shown = join(hex("01"), list(List.of(member("r", "03 00"), member("last", "03 01"))));
            byte[] middle = component(
                    section(COMPONENT, inner),
                    instances(1),
                    section(ALIASES, List.of(alias("03", "r"), alias("03", "t" + (NAMES - 1)))),
                    section(INSTANCES, List.of(shown)),
                    section(EXPORTS, List.of(exportedInstance("i", 1))));
            byte[] outer = component(
                    section(COMPONENT, middle),
                    instances(1),
                    section(ALIASES, List.of(alias("05", "i"))),
                    section(EXPORTS, List.of(exportedInstance("i", 1))));
            assertThat(Wit.of(outer)).contains("resource r;", "type last = r;");
        }

        @Test
        void groups_of_core_types_within_each_other_are_no_core_types() {
            assertRefused(withCoreTypes("4e 01"), "0x4e is no core type");
        }

        @Test
        void subtypes_within_each_other_are_no_core_types() {
            assertRefused(withCoreTypes("50 00"), "0x50 is no core type");
        }

        private static byte[] withCoreTypes(String opening) {
            byte[] type = join(join(times(30_000, hex(opening)).toArray(byte[][]::new)), hex("60 00 00"));
            return component(section(1, module(section(1, List.of(type)))));
        }
    }

    /** Each does ten thousand things a hundred and twenty times, a million being the limit. */
    @Nested
    class Steps {

        private static final int PARTS = 10_000;
        private static final int TIMES = 120;
        private static final String LIMIT = "steps to check";

        @Test
        void comparing_labels_takes_a_step_for_each() {
            byte[] enumeration = section(TYPES, List.of(join(hex("6d"), list(labels(PARTS)))));
            byte[] importing = component(enumeration, section(IMPORTS, List.of(imported("e", "03 00 00"))));
            byte[] argument = join(hex("00 00 01"), name("e"), hex("03 00"));
            assertRefused(
                    component(enumeration, section(COMPONENT, importing), section(INSTANCES, times(TIMES, argument))),
                    LIMIT);
        }

        @Test
        void comparing_core_modules_takes_a_step_for_each_export() {
            byte[] type = moduleType(0, PARTS);
            assertRefused(modules(type, type), LIMIT);
        }

        @Test
        void comparing_core_functions_takes_a_step_for_each_parameter() {
            byte[] type = moduleType(1_000, PARTS / 1_000);
            assertRefused(modules(type, type), LIMIT);
        }

        @Test
        void a_type_of_core_modules_is_not_compared_with_itself() {
            byte[] alias = section(ALIASES, List.of(hex("00 10 02 01 00")));
            assertThat(Wit.of(modules(moduleType(0, PARTS), alias))).contains("import m: a core module");
        }

        private static byte[] moduleType(int parameters, int exports) {
            List<byte[]> declarations = new ArrayList<>();
            declarations.add(join(hex("01 60"), list(times(parameters, hex("7f"))), hex("00")));
            labels(exports).forEach(label -> declarations.add(join(hex("03"), label, hex("00 00"))));
            return section(CORE_TYPES, List.of(join(hex("50"), list(declarations))));
        }

        /** Instances of a component that imports a module of a type; what is given has one of the same content. */
        private static byte[] modules(byte[] outerType, byte[] innerType) {
            byte[] module = section(IMPORTS, List.of(imported("m", "00 11 00")));
            byte[] argument = join(hex("00 00 01"), name("m"), hex("00 11 00"));
            return component(
                    outerType,
                    module,
                    section(COMPONENT, component(innerType, module)),
                    section(INSTANCES, times(TIMES, argument)));
        }

        @Test
        void replacing_resources_in_a_type_takes_a_step_for_each_part() {
            List<byte[]> parts = new ArrayList<>(times(PARTS, hex("7d")));
            parts.add(hex("02"));
            byte[] exporting = component(
                    section(TYPES, List.of(hex("3f 7f 00"))),
                    section(EXPORTS, List.of(exportedType("r", 0))),
                    section(TYPES, List.of(hex("69 01"), join(hex("6f"), list(parts)))),
                    section(EXPORTS, List.of(exportedType("t", 3))));
            assertRefused(component(section(COMPONENT, exporting), instances(TIMES)), LIMIT);
        }
    }

    @Nested
    class Parts {

        @Test
        void are_ten_thousand_at_most_where_values_are_passed_and_cases_without_a_value_count() {
            try (CoreEngine engine = Engines.chicory()) {
                assertThat(Component.compile(engine, variant(9_999)).exports()).isEmpty();
                assertThatThrownBy(() -> Component.compile(engine, variant(10_000)))
                        .isInstanceOf(ComponentException.class)
                        .hasMessageContaining("more than 10000 parts");
            }
        }

        private static byte[] variant(int cases) {
            List<byte[]> written = labels(cases).stream()
                    .map(label -> join(label, hex("00 00")))
                    .toList();
            return component(section(TYPES, List.of(join(hex("71"), list(written)))));
        }
    }

    @Nested
    class Text {

        private static final String LONG = "a".repeat(10_000);
        private static final String LIMIT = "more than 16000000 characters of WIT";

        /** A record of a long name, and a function that takes a tuple of that many of it. */
        private static byte[] types(int record, int parts) {
            byte[] tuple = join(hex("6f"), list(times(parts, number(record))));
            return section(TYPES, List.of(tuple, join(hex("40 01"), name("x"), number(record + 1), hex("01 00"))));
        }

        /** A world with functions of that type. */
        private static byte[] world(int functions, int parts) {
            List<byte[]> imports = new ArrayList<>();
            for (int i = 0; i < functions; i++) {
                imports.add(imported("f" + i, "01 03"));
            }
            return component(
                    section(TYPES, List.of(join(hex("72 01"), name("b"), hex("7d")))),
                    section(IMPORTS, List.of(imported(LONG, "03 00 00"))),
                    types(1, parts),
                    section(IMPORTS, imports));
        }

        @Test
        void functions_of_the_world_count() {
            assertRefused(world(20, 90), LIMIT);
        }

        @Test
        void one_type_is_found_too_long_before_it_is_put_together() {
            assertRefused(world(1, 4_000), LIMIT);
        }

        @Test
        void packages_count_together() {
            List<byte[]> declarations = new ArrayList<>();
            declarations.add(join(hex("01 72 01"), name("b"), hex("7d")));
            declarations.add(join(hex("04 00"), name(LONG), hex("03 00 00")));
            declarations.add(join(hex("01 6f"), list(times(90, number(1)))));
            declarations.add(join(hex("01 40 01"), name("x"), hex("02 01 00")));
            for (int i = 0; i < 7; i++) {
                declarations.add(join(hex("04 00"), name("f" + i), hex("01 03")));
            }
            byte[] type = section(TYPES, List.of(join(hex("42"), list(declarations))));
            byte[] two = section(IMPORTS, List.of(imported("a:p0/i", "05 00"), imported("a:p1/i", "05 00")));
            byte[] more = section(IMPORTS, List.of(imported("a:p2/i", "05 00"), imported("a:p3/i", "05 00")));
            assertThat(Wit.of(component(type, two))).hasSizeBetween(12_000_000, 16_000_000);
            assertRefused(component(type, two, more), LIMIT);
        }
    }
}
