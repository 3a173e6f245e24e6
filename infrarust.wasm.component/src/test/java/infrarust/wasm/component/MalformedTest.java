package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of the binary format: one broken section after the preamble each. */
class MalformedTest {

    private static final String PREAMBLE = "0061736d0d000100";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                0d 00                            | a component has no section of kind 13
                00 03 05 61 62                   | a name claims 5 bytes, but only 2 are left
                00 03 02 ff fe                   | a name is not valid UTF-8
                07 03 00                         | section 7 claims 3 bytes, but only 1 are left
                07 03 01 73 73                   | section 7 has 1 bytes too many
                07 808080808000                  | a number has more than 32 bits
                07 02 01 3e                      | 0x3e is no type
                07 03 01 72 00                   | a record type has no members
                07 03 01 71 00                   | a variant type has no members
                07 03 01 6f 00                   | a tuple type has no members
                07 03 01 6e 00                   | a flags type has no members
                07 03 01 6d 00                   | an enum type has no members
                07 04 01 67 7d 00                | a list of fixed length has 0 elements
                07 05 01 40 00 02 00             | 0x02 is no result list
                07 05 01 40 00 01 01             | expected the end of the results (0x00) and found 0x01
                07 07 01 71 01 01 61 00 01       | expected the end of a case (0x00) and found 0x01
                07 04 01 6a 02 00                | 0x02 is no presence flag
                07 04 01 3f 7d 00                | 0x7d is no representation of a resource
                07 06 01 42 01 03 00 01          | an instance type declares an import
                07 04 01 42 01 05                | 0x05 is no declaration
                08 02 01 2e                      | 0x2e is no canonical function
                08 03 01 00 01                   | expected the sort function (0x00) and found 0x01
                08 09 01 01 00 00 02 00 01 00 00 | the canonical option string-encoding is given twice
                06 05 01 03 03 00 00             | 0x03 is no target of an alias
                06 05 01 01 02 00 00             | an outer alias cannot reach a function
                0a 06 01 03 01 61 01 00          | 0x03 is no name
                0a 06 01 00 01 61 06 00          | 0x06 is no kind of import or export
                0a 07 01 00 01 61 00 10 00       | expected the sort core module (0x11) and found 0x10
                0a 07 01 00 01 61 03 02 00       | 0x02 is no type bound
                0b 07 01 00 01 61 01 00 02       | 0x02 is no presence flag
                0b 08 01 00 01 61 00 00 00 00    | a core function cannot be exported
                02 03 01 02 00                   | 0x02 is no core instance
                02 07 01 00 00 01 01 61 00       | expected the sort core instance (0x12) and found 0x00
                05 03 01 02 00                   | 0x02 is no instance
                03 02 01 5d                      | 0x5d is no core type
                03 05 01 50 01 04 00             | 0x04 is no declaration of a module type
                03 08 01 50 01 02 00 01 00 00    | expected the sort core type (0x10) and found 0x00
                01 08 0061736d 0d000100          | a core module does not start with
                01 12 0061736d 01000000 0108014e014e01600000 | 0x4e is no core type
                01 12 0061736d 01000000 01080150005000600000 | 0x50 is no core type
                04 03 00 61 73                   | it has only 3 bytes
                """)
    void a_section_that_breaks_the_grammar_is_refused_with_the_offset(String section, String says) {
        byte[] component = HexFormat.of().parseHex(PREAMBLE + section.replace(" ", ""));
        assertThatThrownBy(() -> Wit.of(component))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.offset()).isPresent())
                .hasMessageContaining(says);
    }
}
