package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module: its executable code, and Chicory's description of everything else in it. */
final class ChicoryModule implements CoreModule {

    private final ChicoryEngine engine;
    private final Code code;
    private final Alarm alarm;
    private final WasmModule wasm;
    private final List<CoreImport> imports = new ArrayList<>();
    private final Map<String, Export> exportsByName = new LinkedHashMap<>();
    private final List<CoreExport> exports = new ArrayList<>();

    /** The index spaces, imports first (core specification, 2.5.1). */
    private final Map<ExternalType, List<CoreExternType>> spaces = new EnumMap<>(ExternalType.class);

    /**
     * Makes a module.
     *
     * @param parsed with imports named by position; may have stubs for the bodies of functions that the code holds compiled
     * @param names of the imports
     */
    ChicoryModule(ChicoryEngine engine, Code code, WasmModule parsed, List<ModuleBytes.Name> names) {
        this.engine = engine;
        this.code = code;
        this.alarm = new Alarm(code::alarm);
        for (ExternalType kind : ExternalType.values()) {
            spaces.put(kind, new ArrayList<>());
        }
        this.wasm = parsed;
        indexImports(names);
        index();
    }

    /** A module of compiled code, whose description was checked when it was compiled. */
    static ChicoryModule of(ChicoryEngine engine, CompiledCode code) {
        ModuleBytes.Renamed renamed = ModuleBytes.renameImports(code.wasm());
        WasmModule parsed =
                Parser.builder().withValidation(false).build().parse(() -> new ByteArrayInputStream(renamed.wasm()));
        return new ChicoryModule(engine, new Code.Compiled(code), parsed, renamed.names());
    }

    private void indexImports(List<ModuleBytes.Name> names) {
        for (int i = 0; i < names.size(); i++) {
            Import imported = wasm.importSection().getImport(i);
            CoreExternType type = switch (imported) {
                case FunctionImport function -> new CoreExternType.Function(functionType(function.typeIndex()));
                case MemoryImport memory -> new CoreExternType.Memory(Types.limits(memory.limits()), false, false);
                case TableImport table ->
                    new CoreExternType.Table(Types.value(table.entryType()), Types.limits(table.limits()));
                case GlobalImport global ->
                    new CoreExternType.Global(
                            Types.value(global.type()), global.mutabilityType() == MutabilityType.Var);
                case TagImport tag ->
                    new CoreExternType.Tag(functionType(tag.tagType().typeIdx()));
                default -> throw new IllegalStateException("unknown kind of import " + imported);
            };
            imports.add(new CoreImport(names.get(i).module(), names.get(i).name(), type));
            space(imported.importType()).add(type);
        }
    }

    private void index() {
        for (int i = 0; i < wasm.functionSection().functionCount(); i++) {
            space(ExternalType.FUNCTION)
                    .add(new CoreExternType.Function(
                            functionType(wasm.functionSection().getFunctionType(i))));
        }
        for (int i = 0; i < wasm.tableSection().tableCount(); i++) {
            Table table = wasm.tableSection().getTable(i);
            space(ExternalType.TABLE)
                    .add(new CoreExternType.Table(Types.value(table.elementType()), Types.limits(table.limits())));
        }
        wasm.memorySection().ifPresent(memories -> {
            for (int i = 0; i < memories.memoryCount(); i++) {
                space(ExternalType.MEMORY)
                        .add(new CoreExternType.Memory(
                                Types.limits(memories.getMemory(i).limits()), false, false));
            }
        });
        for (Global global : wasm.globalSection().globals()) {
            space(ExternalType.GLOBAL)
                    .add(new CoreExternType.Global(
                            Types.value(global.valueType()), global.mutabilityType() == MutabilityType.Var));
        }
        wasm.tagSection().ifPresent(tags -> {
            for (var tag : tags.types()) {
                space(ExternalType.TAG).add(new CoreExternType.Tag(functionType(tag.typeIdx())));
            }
        });
        for (int i = 0; i < wasm.exportSection().exportCount(); i++) {
            Export export = wasm.exportSection().getExport(i);
            exportsByName.put(export.name(), export);
            exports.add(new CoreExport(export.name(), typeOf(export)));
        }
    }

    private CoreFunctionType functionType(int typeIndex) {
        return Types.function(wasm.typeSection().getType(typeIndex));
    }

    private List<CoreExternType> space(ExternalType kind) {
        List<CoreExternType> space = spaces.get(kind);
        if (space == null) {
            throw new IllegalStateException("unknown kind " + kind);
        }
        return space;
    }

    ChicoryEngine engine() {
        return engine;
    }

    Code code() {
        return code;
    }

    Alarm alarm() {
        return alarm;
    }

    WasmModule wasm() {
        return wasm;
    }

    @Nullable
    Export export(String name) {
        return exportsByName.get(name);
    }

    CoreExternType typeOf(Export export) {
        return space(export.exportType()).get(export.index());
    }

    @Override
    public List<CoreImport> imports() {
        return List.copyOf(imports);
    }

    @Override
    public List<CoreExport> exports() {
        return List.copyOf(exports);
    }
}
