package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.InstanceType;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said about files that are components, and about files that are none. */
class LoadingTest {

    private static final byte[] MISDEEDS = Resources.bytes("misdeeds.wasm");
    private static final byte[] VALUES = Resources.bytes("values.wasm");

    private static CoreEngine chicory;
    private static Remembering engine;

    @BeforeAll
    static void open() {
        chicory = Engines.chicory();
        engine = new Remembering(chicory);
    }

    @AfterAll
    static void close() {
        chicory.close();
    }

    /** Knows the core modules of the intact files; damage within a core module is the engine's matter and not tested here. */
    private static final class Remembering implements CoreEngine {
        private final CoreEngine engine;
        private final Map<ByteBuffer, CoreModule> modules = new HashMap<>();
        private boolean learning = true;

        Remembering(CoreEngine engine) {
            this.engine = engine;
            Component.compile(this, MISDEEDS);
            Component.compile(this, VALUES);
            learning = false;
        }

        @Override
        public String description() {
            return engine.description();
        }

        @Override
        public Set<CoreFeature> features() {
            return engine.features();
        }

        @Override
        public CoreModule compile(byte[] wasm) {
            ByteBuffer key = ByteBuffer.wrap(wasm);
            if (learning) {
                return modules.computeIfAbsent(key, _ -> engine.compile(wasm));
            }
            CoreModule module = modules.get(key);
            if (module == null) {
                throw new CoreModuleException("damaged");
            }
            return module;
        }

        @Override
        public CoreStore newStore(CoreLimits limits) {
            return engine.newStore(limits);
        }

        @Override
        public void close() {}
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> Component.compile(engine, bytes))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining(message);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static final String PREAMBLE = "0061736d 0d000100";

    @Nested
    class AComponent {

        @Test
        void says_what_it_imports_and_exports() {
            Component component = Component.compile(engine, MISDEEDS);
            assertThat(component.imports()).containsOnlyKeys("test:misdeeds/host@0.1.0");
            assertThat(component.exports()).containsOnlyKeys("test:misdeeds/guest@0.1.0");
            InstanceType guest = (InstanceType) component.exports().get("test:misdeeds/guest@0.1.0");
            assertThat(guest.function("give-answer").orElseThrow())
                    .hasToString("func(at: u32) -> variant { none, some(string) }");
            assertThat(guest.function("[constructor]counter").orElseThrow()).hasToString("func(start: u32) -> counter");
            assertThat(guest.resource("counter").orElseThrow().isImported()).isFalse();
            assertThat(guest.exports().get("thing")).isInstanceOf(ExternType.Resource.class);
            assertThat(component.type().toString())
                    .contains("import test:misdeeds/host@0.1.0", "take-bytes: func(bytes: list<u8>);");
        }
    }

    @Nested
    class AFileThatIsNoComponent {

        @Test
        void a_core_module_is_told_apart() {
            assertRefused(hex("0061736d 01000000"), "this is a core WebAssembly module and not a component");
        }

        @Test
        void text_is_told_apart() {
            assertRefused("(component)".getBytes(StandardCharsets.UTF_8), "WebAssembly text");
        }

        @Test
        void something_else_is_told_apart() {
            assertRefused("PK\u0003\u0004 archive".getBytes(StandardCharsets.UTF_8), "does not start with \\0asm");
        }

        @Test
        void an_empty_file_is_told_apart() {
            assertRefused(new byte[0], "only 0 bytes");
        }

        @Test
        void another_version_of_the_format_is_named() {
            assertRefused(hex("0061736d 0e000100"), "version 14");
        }

        @Test
        void an_error_carries_the_byte_offset() {
            assertThatThrownBy(() -> Component.compile(engine, hex(PREAMBLE + "0d00")))
                    .isInstanceOfSatisfying(
                            ComponentException.class,
                            e -> assertThat(e.offset()).hasValue(8))
                    .hasMessageEndingWith("(at byte 8)");
        }
    }

    @Nested
    class WhatIsNotSupported {

        @Test
        void streams_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "07 04 01 66 01 7d"), "uses streams");
        }

        @Test
        void futures_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "07 03 01 65 00"), "uses futures");
        }

        @Test
        void async_functions_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "07 05 01 43 00 01 00"), "uses async functions");
        }

        @Test
        void async_lifts_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "08 07 01 00 00 00 01 06 00"), "uses async lifts or lowers");
        }

        @Test
        void start_functions_with_values_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "09 04 00 01 00 00"), "uses component-level values");
            assertRefused(hex(PREAMBLE + "09 03 00 00 01"), "uses component-level values");
        }

        @Test
        void threads_are_refused_by_name() {
            assertRefused(hex(PREAMBLE + "08 04 01 27 00 00"), "uses threads");
        }
    }

    @Nested
    class DamagedFiles {

        @Test
        void a_file_cut_off_within_a_section_is_refused() {
            Set<Integer> sectionEnds = sectionEnds(MISDEEDS);
            for (int length = 0; length < MISDEEDS.length; length++) {
                byte[] cut = Arrays.copyOf(MISDEEDS, length);
                if (sectionEnds.contains(length)) {
                    // Well-formed, with less in it.
                    compileOrRefuse(cut);
                } else {
                    assertThatThrownBy(() -> Component.compile(engine, cut))
                            .isInstanceOf(ComponentException.class)
                            .message()
                            .isNotEmpty();
                }
            }
        }

        private static Set<Integer> sectionEnds(byte[] file) {
            Set<Integer> ends = new HashSet<>();
            int at = 8;
            ends.add(at);
            while (at < file.length) {
                int size = 0;
                int shift = 0;
                do {
                    at++;
                    size |= (file[at] & 0x7f) << shift;
                    shift += 7;
                } while (file[at] < 0);
                at += 1 + size;
                ends.add(at);
            }
            return ends;
        }

        @Test
        void any_changed_byte_leads_to_a_sentence_or_to_another_component() {
            int[] changes = {0x01, 0x10, 0x80, 0xff};
            for (byte[] file : new byte[][] {MISDEEDS, VALUES}) {
                for (int at = 0; at < file.length; at++) {
                    byte[] damaged = file.clone();
                    damaged[at] ^= (byte) changes[at % changes.length];
                    compileOrRefuse(damaged);
                }
            }
        }

        private static void compileOrRefuse(byte[] bytes) {
            try {
                Component.compile(engine, bytes);
            } catch (ComponentException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }

        @Test
        void a_count_without_the_bytes_allocates_nothing() {
            assertRefused(hex(PREAMBLE + "07 06 ffffffff07 7f"), "claims 2147483647 entries");
        }

        @Test
        void a_length_beyond_the_file_is_refused() {
            assertRefused(hex(PREAMBLE + "04 ff7f"), "claims 16383 bytes, but only 0 are left");
        }

        @Test
        void components_nested_without_end_are_refused() {
            byte[] nested = hex(PREAMBLE);
            for (int i = 0; i < 101; i++) {
                nested = wrapped(nested);
            }
            assertRefused(nested, "nested more than 100 deep");
        }

        private static byte[] wrapped(byte[] component) {
            StringBuilder length = new StringBuilder();
            int rest = component.length;
            do {
                length.append(String.format("%02x", (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
                rest >>>= 7;
            } while (rest != 0);
            return hex(PREAMBLE + "04" + length + HexFormat.of().formatHex(component));
        }

        @Test
        void a_type_that_doubles_with_every_line_is_refused() {
            StringBuilder types = new StringBuilder("28 7d");
            for (int i = 0; i < 39; i++) {
                types.append(String.format("6f02%02x%02x", i, i));
            }
            int size = types.toString().replace(" ", "").length() / 2;
            assertRefused(
                    hex(PREAMBLE + "07" + String.format("%02x%02x", (size & 0x7f) | 0x80, size >> 7) + types),
                    "more than 1000000 parts");
        }
    }
}
