package infrarust.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.Instruction;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.kit.KitModules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to a module's description says the same as Chicory's parser. */
class OutlineReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everything",
                "basics",
                "borrower",
                "owner",
                "shim",
                "fixup",
                "segments-a",
                "segments-b",
                "tags-owner",
                "tags-catcher"
            })
    void agrees_with_the_parser(String fixture) {
        byte[] wasm = KitModules.wasm(fixture);
        OutlineReader.Outline outline = OutlineReader.read(wasm);
        ModuleBytes.Renamed renamed = ModuleBytes.renameImports(wasm);
        WasmModule parsed = Parser.parse(renamed.wasm());
        WasmModule read = outline.module();
        assertThat(outline.names()).isEqualTo(renamed.names());
        assertThat(read.typeSection()).isEqualTo(parsed.typeSection());
        // Chicory's imports and tags do not all have an equals of their own.
        ChicoryModule ours = described(read, outline.names());
        ChicoryModule theirs = described(parsed, renamed.names());
        assertThat(ours.imports()).isEqualTo(theirs.imports());
        assertThat(ours.exports()).isEqualTo(theirs.exports());
        assertThat(read.functionSection()).isEqualTo(parsed.functionSection());
        assertThat(read.memorySection()).isEqualTo(parsed.memorySection());
        assertThat(read.exportSection()).isEqualTo(parsed.exportSection());
        assertThat(read.startSection()).isEqualTo(parsed.startSection());
        assertThat(read.dataCountSection()).isEqualTo(parsed.dataCountSection());
        assertThat(read.tagSection().isPresent()).isEqualTo(parsed.tagSection().isPresent());
        assertThat(read.codeSection().functionBodyCount())
                .isEqualTo(parsed.codeSection().functionBodyCount());
        assertThat(initializers(read)).isEqualTo(initializers(parsed));
    }

    private static ChicoryModule described(WasmModule module, List<ModuleBytes.Name> names) {
        ChicoryEngine engine = new ChicoryEngine(false, Optional.empty(), () -> System.getLogger("test"));
        return new ChicoryModule(engine, new Code.Interpreted(), module, names);
    }

    /** Everything with constant expressions, as text without addresses, which only error messages want. */
    private static List<String> initializers(WasmModule module) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            var table = module.tableSection().getTable(i);
            all.add("table " + table.elementType() + table.limits() + text(table.initialize()));
        }
        for (Global global : module.globalSection().globals()) {
            all.add("global " + global.valueType() + global.mutabilityType() + text(global.initInstructions()));
        }
        for (Element element : module.elementSection().elements()) {
            String offset = element instanceof ActiveElement active ? active.tableIndex() + text(active.offset()) : "";
            all.add(element.getClass().getSimpleName()
                    + element.type()
                    + offset
                    + element.initializers().stream()
                            .map(OutlineReaderTest::text)
                            .toList());
        }
        for (DataSegment segment : module.dataSection().dataSegments()) {
            String offset = segment instanceof ActiveDataSegment active
                    ? active.index() + text(active.offsetInstructions())
                    : "";
            all.add(segment.getClass().getSimpleName() + offset + Arrays.toString(segment.data()));
        }
        return all;
    }

    private static String text(List<Instruction> expression) {
        return expression.stream()
                .map(instruction -> instruction.opcode() + Arrays.toString(instruction.operands()))
                .toList()
                .toString();
    }

    @Test
    void refuses_what_it_does_not_know() {
        assertThatThrownBy(() -> OutlineReader.read(KitModules.wasm("gc"))).isInstanceOf(CoreModuleException.class);
    }

    @Test
    void refuses_lengths_that_the_bytes_cannot_hold() {
        byte[] wasm = KitModules.wasm("everything");
        for (int at = 8; at < wasm.length; at++) {
            byte[] bad = wasm.clone();
            bad[at] = (byte) 0xff;
            try {
                OutlineReader.read(bad);
            } catch (CoreModuleException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException
                    | ChicoryException refused) {
                // Any of these sends the caller to the parser; nothing may exhaust the memory or never end.
                assertThat(refused).isNotInstanceOf(Error.class);
            }
        }
    }
}
