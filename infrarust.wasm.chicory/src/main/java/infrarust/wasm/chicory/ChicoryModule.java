package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule;
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
     * @param parsed may have stubs for the bodies of functions that the code holds compiled
     */
    ChicoryModule(ChicoryEngine engine, Code code, WasmModule parsed) {
        this.engine = engine;
        this.code = code;
        this.alarm = new Alarm(code::alarm);
        for (ExternalType kind : ExternalType.values()) {
            spaces.put(kind, new ArrayList<>());
        }
        this.wasm = withPositionsAsNames(parsed);
        index();
    }

    static WasmModule parseTrusted(byte[] wasm) {
        return Parser.builder().withValidation(false).build().parse(() -> new java.io.ByteArrayInputStream(wasm));
    }

    /** Chicory matches imports by name, and names may repeat: with the position as name it matches by position. */
    private WasmModule withPositionsAsNames(WasmModule parsed) {
        ImportSection.Builder renamed = ImportSection.builder();
        for (int i = 0; i < parsed.importSection().importCount(); i++) {
            String position = Integer.toString(i);
            Import imported = parsed.importSection().getImport(i);
            CoreExternType type = switch (imported) {
                case FunctionImport function -> {
                    renamed.addImport(new FunctionImport("", position, function.typeIndex()));
                    yield new CoreExternType.Function(functionType(parsed, function.typeIndex()));
                }
                case MemoryImport memory -> {
                    renamed.addImport(new MemoryImport("", position, memory.limits()));
                    yield new CoreExternType.Memory(Types.limits(memory.limits()), false, false);
                }
                case TableImport table -> {
                    renamed.addImport(new TableImport("", position, table.entryType(), table.limits()));
                    yield new CoreExternType.Table(Types.value(table.entryType()), Types.limits(table.limits()));
                }
                case GlobalImport global -> {
                    renamed.addImport(new GlobalImport("", position, global.mutabilityType(), global.type()));
                    yield new CoreExternType.Global(
                            Types.value(global.type()), global.mutabilityType() == MutabilityType.Var);
                }
                case TagImport tag -> {
                    int typeIndex = tag.tagType().typeIdx();
                    renamed.addImport(new TagImport("", position, tag.tagType().attribute(), typeIndex));
                    yield new CoreExternType.Tag(functionType(parsed, typeIndex));
                }
                default -> throw new IllegalStateException("unknown kind of import " + imported);
            };
            imports.add(new CoreImport(imported.module(), imported.name(), type));
            space(imported.importType()).add(type);
        }
        WasmModule.Builder builder = WasmModule.builder()
                .withValidation(false)
                .setTypeSection(parsed.typeSection())
                .setImportSection(renamed.build())
                .setFunctionSection(parsed.functionSection())
                .setTableSection(parsed.tableSection())
                .setGlobalSection(parsed.globalSection())
                .setExportSection(parsed.exportSection())
                .setElementSection(parsed.elementSection())
                .setCodeSection(parsed.codeSection())
                .setDataSection(parsed.dataSection());
        parsed.memorySection().ifPresent(builder::setMemorySection);
        parsed.startSection().ifPresent(builder::setStartSection);
        parsed.dataCountSection().ifPresent(builder::setDataCountSection);
        parsed.tagSection().ifPresent(builder::setTagSection);
        return builder.build();
    }

    private void index() {
        for (int i = 0; i < wasm.functionSection().functionCount(); i++) {
            space(ExternalType.FUNCTION)
                    .add(new CoreExternType.Function(
                            functionType(wasm, wasm.functionSection().getFunctionType(i))));
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
                space(ExternalType.TAG).add(new CoreExternType.Tag(functionType(wasm, tag.typeIdx())));
            }
        });
        for (int i = 0; i < wasm.exportSection().exportCount(); i++) {
            Export export = wasm.exportSection().getExport(i);
            exportsByName.put(export.name(), export);
            exports.add(new CoreExport(export.name(), typeOf(export)));
        }
    }

    private static CoreFunctionType functionType(WasmModule module, int typeIndex) {
        return Types.function(module.typeSection().getType(typeIndex));
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
