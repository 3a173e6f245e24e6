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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module: its executable code, and Chicory's description of everything else in it.
 *
 * <p>Each kind of thing has an index space, imports first (core specification, 2.5.1). Switches here are over Chicory's enums and
 * not over patterns: the first pattern switches of a JVM take it some 10 ms, and modules are loaded while a proxy starts.
 */
final class ChicoryModule implements CoreModule {

    private final ChicoryEngine engine;
    private final Code code;
    private final Alarm alarm;
    private final WasmModule wasm;
    private final List<CoreImport> imports;
    private final List<CoreExport> exports;
    private final Map<String, Export> exportsByName = new HashMap<>();

    /** By index of the type, made when first asked for. */
    private final @Nullable CoreFunctionType[] functionTypes;

    /** The types of the imports of each kind, and of all tags. */
    private final Map<ExternalType, List<CoreExternType>> imported = new EnumMap<>(ExternalType.class);

    /**
     * Makes a module.
     *
     * @param parsed with imports named by position, and own tags among them; may lack the bodies of functions that the code holds
     *     compiled
     * @param names of the imports
     */
    ChicoryModule(ChicoryEngine engine, Code code, WasmModule parsed, List<ModuleBytes.Name> names) {
        this.engine = engine;
        this.code = code;
        this.alarm = new Alarm(code::alarm);
        this.wasm = parsed;
        this.functionTypes = new @Nullable CoreFunctionType[parsed.typeSection().subTypeCount()];
        List<CoreImport> wants = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            Import wanted = parsed.importSection().getImport(i);
            CoreExternType type = typeOf(wanted);
            wants.add(new CoreImport(names.get(i).module(), names.get(i).name(), type));
            imported.computeIfAbsent(wanted.importType(), kind -> new ArrayList<>())
                    .add(type);
        }
        for (int i = names.size(); i < parsed.importSection().importCount(); i++) {
            // The module's own tags, after those that it really imports.
            imported.computeIfAbsent(ExternalType.TAG, kind -> new ArrayList<>())
                    .add(typeOf(parsed.importSection().getImport(i)));
        }
        this.imports = List.copyOf(wants);
        List<CoreExport> has = new ArrayList<>(parsed.exportSection().exportCount());
        for (int i = 0; i < parsed.exportSection().exportCount(); i++) {
            Export export = parsed.exportSection().getExport(i);
            exportsByName.put(export.name(), export);
            has.add(new CoreExport(export.name(), typeOf(export)));
        }
        this.exports = List.copyOf(has);
    }

    /** A module of compiled code, which was parsed and validated when it was compiled. */
    static ChicoryModule of(ChicoryEngine engine, byte[] wasm, CompiledCode code) {
        Code.Compiled compiled = new Code.Compiled(code);
        if (code.interpreted().isEmpty()) {
            try {
                OutlineReader.Outline outline =
                        OutlineReader.read(ModuleBytes.withReferences(wasm, code.references(), List.of()));
                return new ChicoryModule(engine, compiled, outline.module(), outline.names());
            } catch (RuntimeException e) {
                // Some form that the short way does not know; Chicory knows it, since it has compiled the module.
            }
        }
        ModuleScan.Checked checked = ModuleScan.check(wasm, engine.features());
        ModuleBytes.Renamed renamed = ModuleBytes.renameImports(ModuleBytes.strip(
                ModuleBytes.withReferences(checked.wasm(), code.references(), checked.references()),
                code.interpreted()::contains));
        WasmModule parsed =
                Parser.builder().withValidation(false).build().parse(() -> new ByteArrayInputStream(renamed.wasm()));
        return new ChicoryModule(engine, compiled, IndirectCalls.replaced(parsed), renamed.names());
    }

    private CoreFunctionType functionType(int typeIndex) {
        CoreFunctionType known = functionTypes[typeIndex];
        if (known == null) {
            known = Types.function(wasm.typeSection().getType(typeIndex));
            functionTypes[typeIndex] = known;
        }
        return known;
    }

    private CoreExternType typeOf(Import wanted) {
        return switch (wanted.importType()) {
            case FUNCTION -> new CoreExternType.Function(functionType(((FunctionImport) wanted).typeIndex()));
            case MEMORY -> new CoreExternType.Memory(Types.limits(((MemoryImport) wanted).limits()), false, false);
            case TABLE -> {
                TableImport table = (TableImport) wanted;
                yield new CoreExternType.Table(Types.value(table.entryType()), Types.limits(table.limits()));
            }
            case GLOBAL -> {
                GlobalImport global = (GlobalImport) wanted;
                yield new CoreExternType.Global(
                        Types.value(global.type()), global.mutabilityType() == MutabilityType.Var);
            }
            case TAG ->
                new CoreExternType.Tag(
                        functionType(((TagImport) wanted).tagType().typeIdx()));
        };
    }

    CoreExternType typeOf(Export export) {
        List<CoreExternType> before = imported.getOrDefault(export.exportType(), List.of());
        if (export.index() < before.size()) {
            return before.get(export.index());
        }
        int index = export.index() - before.size();
        return switch (export.exportType()) {
            case FUNCTION ->
                new CoreExternType.Function(functionType(wasm.functionSection().getFunctionType(index)));
            case MEMORY ->
                new CoreExternType.Memory(
                        Types.limits(wasm.memorySection()
                                .orElseThrow()
                                .getMemory(index)
                                .limits()),
                        false,
                        false);
            case TABLE -> {
                Table table = wasm.tableSection().getTable(index);
                yield new CoreExternType.Table(Types.value(table.elementType()), Types.limits(table.limits()));
            }
            case GLOBAL -> {
                Global global = wasm.globalSection().getGlobal(index);
                yield new CoreExternType.Global(
                        Types.value(global.valueType()), global.mutabilityType() == MutabilityType.Var);
            }
            case TAG ->
                throw new IllegalStateException("all tags are imports here, and there is none of index " + index);
        };
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

    @Override
    public List<CoreImport> imports() {
        return imports;
    }

    @Override
    public List<CoreExport> exports() {
        return exports;
    }
}
