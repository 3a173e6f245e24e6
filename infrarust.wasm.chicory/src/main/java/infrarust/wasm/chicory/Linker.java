package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.TagImport;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreModule.CoreImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One instantiation: imports checked and passed by position, limits applied. */
final class Linker {

    private final ChicoryStore store;
    private final ChicoryModule module;
    private final List<CoreExtern> imports;
    private final List<CoreExtern> functions = new ArrayList<>();

    Linker(ChicoryStore store, ChicoryModule module, List<CoreExtern> imports) {
        this.store = store;
        this.module = module;
        this.imports = imports;
    }

    /** Checks everything and instantiates; the start function runs within. The caller holds the store's guard. */
    ChicoryInstance instantiate() {
        if (imports.size() != module.imports().size()) {
            throw new CoreLinkException(
                    "the module wants " + module.imports().size() + " imports and got " + imports.size());
        }
        checkLimits();
        Instance.Builder builder = Instance.builder(module.wasm())
                .withImportValues(values())
                .withStart(false)
                .withMachineFactory(instance ->
                        new ChicoryInstance.GuestMachine(module.code().machine(instance), store, module.alarm()))
                .withMemoryFactory(limits -> store.newMemory(Types.limits(limits)))
                .withTableFactory((table, initial) -> new TableInstance(limited(table), initial));
        if (module.code().interprets()) {
            builder.withUnsafeExecutionListener((instruction, stack) -> store.checkpoint());
        }
        try {
            return new ChicoryInstance(store, module, builder.build(), List.copyOf(functions));
        } catch (UnlinkableException e) {
            throw new CoreLinkException(e.getMessage(), e);
        } catch (UninstantiableException e) {
            throw Traps.of(e);
        }
    }

    private void checkLimits() {
        CoreLimits limits = store.limits();
        Optional<MemorySection> memories = module.wasm().memorySection();
        for (int i = 0; i < memories.map(MemorySection::memoryCount).orElse(0); i++) {
            int minimum = memories.orElseThrow().getMemory(i).limits().initialPages();
            if (minimum > limits.maxMemoryPages()) {
                throw new CoreLinkException("the module's memory starts with " + minimum + " pages of 64 KiB, "
                        + limits.maxMemoryPages() + " are allowed");
            }
        }
        for (int i = 0; i < module.wasm().tableSection().tableCount(); i++) {
            long minimum = module.wasm().tableSection().getTable(i).limits().min();
            if (minimum > limits.maxTableElements()) {
                throw new CoreLinkException("the module's table starts with " + minimum + " elements, "
                        + limits.maxTableElements() + " are allowed");
            }
        }
    }

    /** A table of its own for each instance, because Chicory counts growth in the module's; with the store's limit. */
    private Table limited(Table table) {
        long maximum = Math.min(table.limits().max(), store.limits().maxTableElements());
        return new Table(table.elementType(), new TableLimits(table.limits().min(), maximum), table.initialize());
    }

    private ImportValues values() {
        ImportValues.Builder values = ImportValues.builder();
        for (int i = 0; i < imports.size(); i++) {
            CoreImport wanted = module.imports().get(i);
            CoreExtern given = imports.get(i);
            if (storeOf(given) != store) {
                throw new CoreLinkException(name(wanted) + " was given something of another store");
            }
            String position = Integer.toString(i);
            switch (wanted.type()) {
                case CoreExternType.Function(var type) -> {
                    if (!(given instanceof CoreFunction function)
                            || !function.type().equals(type)) {
                        throw mismatch(wanted, given);
                    }
                    functions.add(given);
                    values.addFunction(new ImportFunction("", position, Types.function(type), chicoryHandle(function)));
                }
                case CoreExternType.Memory(var limits, var shared, var memory64) -> {
                    if (!(given instanceof FlatMemory memory)
                            || !fits(limits, memory.pages(), memory.declared().maximum())) {
                        throw mismatch(wanted, given);
                    }
                    values.addMemory(new ImportMemory("", position, memory));
                }
                case CoreExternType.Table(var element, var limits) -> {
                    if (!(given instanceof PassedExtern(var s, TableInstance table, CoreExternType.Table type))
                            || type.elementType() != element
                            || !fits(limits, table.size(), type.limits().maximum())) {
                        throw mismatch(wanted, given);
                    }
                    values.addTable(new ImportTable("", position, table));
                }
                case CoreExternType.Global global -> {
                    if (!(given instanceof PassedExtern(var s, GlobalInstance instance, var type))
                            || !type.equals(global)) {
                        throw mismatch(wanted, given);
                    }
                    values.addGlobal(new ImportGlobal("", position, instance));
                }
                case CoreExternType.Tag tag -> {
                    if (!(given instanceof PassedExtern(var s, TagInstance instance, var type)) || !type.equals(tag)) {
                        throw mismatch(wanted, given);
                    }
                    values.addTag(new ImportTag("", position, withOwnTypeIndex(i, instance)));
                }
            }
        }
        return values.build();
    }

    /** Chicory's interpreter takes a tag's type index for one of the module that throws; its tags match by structure. */
    private TagInstance withOwnTypeIndex(int position, TagInstance given) {
        TagImport imported = (TagImport) module.wasm().importSection().getImport(position);
        return new TagInstance(imported.tagType(), given.type());
    }

    private static ChicoryStore storeOf(CoreExtern extern) {
        return switch (extern) {
            case GuestFunction function -> function.instance().store();
            case HostFunction function -> function.store();
            case FlatMemory memory -> memory.store();
            case PassedExtern passed -> passed.store();
            default -> throw new CoreLinkException("an import of another engine: " + extern);
        };
    }

    /** The form in which Chicory calls an import; a call of this store runs, so no guard is passed again. */
    private static WasmFunctionHandle chicoryHandle(CoreFunction function) {
        return switch (function) {
            case HostFunction host -> host;
            case GuestFunction(var instance, var index, var type) ->
                (caller, arguments) -> instance.invoke(index, arguments);
            default -> throw new IllegalStateException("not checked: " + function);
        };
    }

    private static boolean fits(CoreExternType.Limits wanted, long size, Optional<Long> maximum) {
        return size >= wanted.minimum()
                && wanted.maximum()
                        .map(most -> maximum.filter(own -> own <= most).isPresent())
                        .orElse(true);
    }

    private static String name(CoreImport wanted) {
        return "import \"" + wanted.module() + "\" \"" + wanted.name() + "\"";
    }

    private static CoreLinkException mismatch(CoreImport wanted, CoreExtern given) {
        String got = switch (given) {
            case CoreFunction function -> "a function " + function.type();
            case FlatMemory memory -> "a memory of " + memory.pages() + " pages, declared " + memory.declared();
            case PassedExtern passed -> passed.type().toString();
            default -> given.toString();
        };
        String want = wanted.type() instanceof CoreExternType.Function(var type)
                ? "a function " + type
                : wanted.type().toString();
        return new CoreLinkException(name(wanted) + " wants " + want + " and was given " + got);
    }
}
