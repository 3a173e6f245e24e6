package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule of validation, a component each; {@code rules/rules.txt} has them. */
class RulesTest {

    private record Case(String name, String says, String base64) {
        byte[] component() {
            return Base64.getDecoder().decode(base64);
        }
    }

    private static List<Case> cases() {
        String text = new String(Resources.bytes("rules/rules.txt"), StandardCharsets.UTF_8);
        List<Case> cases = new ArrayList<>();
        for (String section : text.split("(?m)^## ", -1)) {
            String[] lines = section.strip().split("\n", -1);
            String last = lines[lines.length - 1];
            if (last.startsWith("= ")) {
                cases.add(new Case(lines[0], lines[1], last.substring(2)));
            }
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> a_component_is_refused_for_the_rule_that_it_breaks_and_for_no_other() {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(60);
        return cases.stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
    }

    private static void check(Case rule) {
        if (rule.says().equals("valid")) {
            assertThat(Wit.of(rule.component())).startsWith("package root:component;");
        } else {
            assertThatThrownBy(() -> Wit.of(rule.component()))
                    .isInstanceOfSatisfying(
                            ComponentException.class,
                            e -> assertThat(e.offset()).isPresent())
                    .hasMessageContaining(rule.says());
        }
    }

    @Nested
    class SmallFilesThatAskForMuch {

        private static final String PREAMBLE = "0061736d0d000100";

        static byte[] types(int count, String definitions) {
            byte[] body = HexFormat.of().parseHex(definitions.replace(" ", ""));
            int size = body.length + 1;
            String head = String.format("07%02x%02x%02x", (size & 0x7f) | 0x80, size >> 7, count);
            return HexFormat.of().parseHex(PREAMBLE + head + HexFormat.of().formatHex(body));
        }

        @Test
        void instance_types_that_double_with_every_line_end_by_the_count_of_steps() {
            StringBuilder definitions = new StringBuilder("42 01 04 00 01 72 03 01");
            for (int i = 0; i < 39; i++) {
                definitions.append(String.format("42 03 02 03 02 01 %02x 04 00 01 61 05 00 04 00 01 62 05 00", i));
            }
            assertThatThrownBy(() -> Wit.of(types(40, definitions.toString())))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("steps to check");
        }

        @Test
        void value_types_that_double_with_every_line_end_by_their_parts() {
            StringBuilder definitions = new StringBuilder("70 7d");
            for (int i = 0; i < 59; i++) {
                definitions.append(i % 2 == 0 ? String.format("6f 02 %02x %02x", i, i) : String.format("70 %02x", i));
            }
            assertThatThrownBy(() -> Wit.of(types(60, definitions.toString())))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("more than 1000000 parts");
        }

        @Test
        void value_types_within_each_other_end_by_their_levels() {
            StringBuilder definitions = new StringBuilder("70 7d");
            for (int i = 0; i < 63; i++) {
                definitions.append(String.format("70 %02x", i));
            }
            // Indices from 64 on take two bytes.
            for (int i = 63; i < 101; i++) {
                definitions.append(String.format("70 %02x 00", i | 0x80));
            }
            assertThatThrownBy(() -> Wit.of(types(102, definitions.toString())))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("more than 100 levels");
        }
    }

    @Nested
    class WhatIsNotSupported {

        @Test
        void is_told_after_what_is_invalid() {
            // A stream of u8, and a list of a type that is not there.
            assertThatThrownBy(() -> Wit.of(SmallFilesThatAskForMuch.types(2, "66 01 7d 70 09")))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContaining("type index 9 is out of bounds");
        }
    }
}
