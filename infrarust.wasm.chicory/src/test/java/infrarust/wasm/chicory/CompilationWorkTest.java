package infrarust.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreModuleException;
import org.junit.jupiter.api.Test;

/** Where exactly the bounds are; that modules meet them is the kit's matter. */
class CompilationWorkTest {

    private final CompilationWork work = new CompilationWork();

    private void types(int count) {
        for (int i = 0; i < count; i++) {
            work.type(Integer.toString(i));
        }
    }

    private void importedFunctions(int count) {
        for (int i = 0; i < count; i++) {
            work.imported();
            work.importedFunction(0);
        }
    }

    private void ownFunctions(int count) {
        for (int i = 0; i < count; i++) {
            work.ownFunction(0);
        }
    }

    private void assertAllowed() {
        assertThatCode(work::check).doesNotThrowAnyException();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(work::check).isInstanceOf(CoreModuleException.class).hasMessageContaining(message);
    }

    @Test
    void imports_of_any_kind_are_bounded() {
        for (int i = 0; i < CompilationWork.MAX_IMPORTS; i++) {
            work.imported();
        }
        assertAllowed();
        work.imported();
        assertRefused("5001 imports");
    }

    @Test
    void steps_are_bounded() {
        types(12);
        importedFunctions(5_000);
        assertAllowed();
        ownFunctions(1);
        assertRefused("300000012 steps");
    }

    @Test
    void references_to_functions_are_steps_for_each_import() {
        types(1);
        importedFunctions(5_000);
        work.references(55_000);
        assertAllowed();
        work.references(1);
        assertRefused("300005000 steps");
    }

    @Test
    void branches_to_functions_of_equal_types_are_bounded() {
        types(3);
        work.type("0");
        ownFunctions(100_000);
        assertAllowed();
        work.ownFunction(3);
        assertRefused("200002 branches");
    }

    @Test
    void nothing_costs_nothing() {
        assertAllowed();
    }
}
