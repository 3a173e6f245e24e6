package infrarust.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.kit.KitModules;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of modules that are refused; that they are is the kit's matter. */
class ModuleScanTest {

    private static final Set<CoreFeature> ALL = EnumSet.allOf(CoreFeature.class);

    /** Header, and the function type () -> (). */
    private static final String START = "0061736d01000000 010401600000";

    private static void assertRefused(String sections, String message) {
        byte[] wasm = HexFormat.of().parseHex((START + sections).replace(" ", ""));
        assertThatThrownBy(() -> ModuleScan.check(wasm, ALL))
                .isInstanceOf(CoreModuleException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("at byte");
    }

    @ParameterizedTest
    @CsvSource({
        "07 09 02 01 61 00 00 01 61 00 00, duplicate export name \"a\"",
        "07 05 01 01 61 00 01, export \"a\" is of unknown function 1",
        "07 05 01 01 61 01 00, unknown table 0",
        "07 05 01 01 61 02 00, unknown memory 0",
        "07 05 01 01 61 03 00, unknown global 0",
        "07 05 01 01 61 04 00, unknown tag 0",
        "07 05 01 01 61 05 00, malformed export kind 5",
    })
    void names_what_is_wrong_with_an_export(String exports, String message) {
        assertRefused("03020100" + exports + "0a040102000b", message);
    }

    @ParameterizedTest
    @CsvSource({
        "0606 01 7f00 2300 0b, unknown global 0",
        "03020101, unknown type 1",
        "0205 01 00 00 00 07, unknown type 7",
        "0d03 01 00 05, unknown type 5",
        "01 ff ff ff ff 07 00, unexpected end",
        "03 05 ff ff ff ff 07, length out of bounds: 2147483647",
    })
    void names_what_is_wrong_elsewhere(String section, String message) {
        assertRefused(section, message);
    }

    @Test
    void names_every_feature_that_is_missing() {
        assertThatThrownBy(() -> ModuleScan.check(KitModules.wasm("simd"), Set.of()))
                .isInstanceOf(CoreModuleException.class)
                .hasMessage("the module uses [SIMD], which this engine does not offer");
        assertThatThrownBy(() -> ModuleScan.check(KitModules.wasm("segments-b"), Set.of()))
                .isInstanceOf(CoreModuleException.class)
                .hasMessageContaining("MULTI_MEMORY");
    }

    @Test
    void leaves_the_bytes_that_it_is_given() {
        byte[] wasm = KitModules.wasm("far-offsets");
        byte[] before = wasm.clone();
        assertThat(ModuleScan.check(wasm, ALL).wasm()).isNotEqualTo(before);
        assertThat(wasm).isEqualTo(before);
    }
}
