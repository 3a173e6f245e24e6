package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TagType;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreModule.CoreImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instantiation: imports checked and passed by position, limits applied. Chains of conditions stand where a pattern switch
 * would: the first pattern switches of a JVM take it some 10 ms, and instances are made while a proxy starts.
 */
@SuppressWarnings("IfChainToSwitch")
final class Linker {

    private final ChicoryStore store;
    private final ChicoryModule module;
    private final List<CoreExtern> imports;
    private final List<CoreExtern> functions = new ArrayList<>();
    private final List<GuestTag> tags = new ArrayList<>();
    private @Nullable Instance made;

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
        ImportValues values = values();
        takeMinimums();
        Instance.Builder builder = Instance.builder(module.wasm())
                .withImportValues(values)
                .withStart(false)
                .withMachineFactory(this::machine)
                .withMemoryFactory(limits -> store.newMemory(Types.limits(limits)))
                .withTableFactory((table, initial) -> new GuestTable(store, table, initial))
                .withGlobalFactory((value, high, type, mutability) -> new GlobalInstance(
                        store.references().global(running(), Types.value(type), value), high, type, mutability));
        if (module.code().interprets()) {
            builder.withUnsafeExecutionListener((instruction, stack) -> {
                store.checkpoint();
                if (instruction.opcode() == OpCode.MEMORY_INIT) {
                    ((FlatMemory) running().memory((int) instruction.operand(1))).select(running());
                }
            });
        }
        try {
            return new ChicoryInstance(store, module, builder.build(), List.copyOf(functions));
        } catch (UnlinkableException e) {
            throw new CoreLinkException(e.getMessage(), e);
        } catch (UninstantiableException e) {
            throw Traps.of(e);
        }
    }

    /** Chicory makes the machine when the imports are checked, before anything runs. */
    private Machine machine(Instance instance) {
        made = instance;
        tags.forEach(GuestTag::linked);
        Code code = module.code();
        return new ChicoryInstance.GuestMachine(
                code.machine(instance, store), store, module.alarm(), code.entryBytes());
    }

    private Instance running() {
        return Objects.requireNonNull(made, "the machine is made first");
    }

    /** Takes from the store what the module's own memories and tables start with. */
    private void takeMinimums() {
        CoreLimits limits = store.limits();
        Optional<MemorySection> memories = module.wasm().memorySection();
        for (int i = 0; i < memories.map(MemorySection::memoryCount).orElse(0); i++) {
            int minimum = memories.orElseThrow().getMemory(i).limits().initialPages();
            if (!store.takePages(minimum)) {
                throw new CoreLinkException("the module's memory starts with " + minimum + " pages of 64 KiB, "
                        + limits.maxMemoryPages() + " are allowed in all");
            }
        }
        for (int i = 0; i < module.wasm().tableSection().tableCount(); i++) {
            long minimum = module.wasm().tableSection().getTable(i).limits().min();
            if (!store.takeElements(minimum)) {
                throw new CoreLinkException("the module's table starts with " + minimum + " elements, "
                        + limits.maxTableElements() + " are allowed in all");
            }
        }
    }

    private ImportValues values() {
        ImportValues.Builder values = ImportValues.builder();
        for (int i = 0; i < imports.size(); i++) {
            CoreImport wanted = module.imports().get(i);
            CoreExtern given = imports.get(i);
            if (storeOf(given) != store) {
                throw new CoreLinkException(name(wanted) + " was given something of another store");
            }
            String position = ModuleBytes.Renamed.name(i);
            CoreExternType type = wanted.type();
            if (type instanceof CoreExternType.Function function) {
                CoreFunction own = function(wanted, function, given);
                functions.add(own);
                values.addFunction(
                        new ImportFunction("", position, Types.function(function.type()), chicoryHandle(own)));
            } else if (type instanceof CoreExternType.Memory memory) {
                values.addMemory(new ImportMemory("", position, memory(wanted, memory, given)));
            } else if (type instanceof CoreExternType.Table table) {
                values.addTable(new ImportTable("", position, table(wanted, table, given)));
            } else if (given instanceof PassedExtern passed
                    && passed.type().equals(type)
                    && passed.thing() instanceof GlobalInstance global) {
                values.addGlobal(new ImportGlobal("", position, global));
            } else if (given instanceof PassedExtern passed
                    && passed.type().equals(type)
                    && passed.thing() instanceof GuestTag tag) {
                values.addTag(new ImportTag("", position, tag(i, tag.identity())));
            } else {
                throw mismatch(wanted, given);
            }
        }
        for (int i = imports.size(); i < module.wasm().importSection().importCount(); i++) {
            // The module's own, and new for each instance.
            values.addTag(new ImportTag("", ModuleBytes.Renamed.name(i), tag(i, store.newTagIdentity())));
        }
        return values.build();
    }

    private static CoreFunction function(CoreImport wanted, CoreExternType.Function type, CoreExtern given) {
        if (given instanceof CoreFunction function && function.type().equals(type.type())) {
            return function;
        }
        throw mismatch(wanted, given);
    }

    private static FlatMemory memory(CoreImport wanted, CoreExternType.Memory type, CoreExtern given) {
        if (given instanceof FlatMemory memory
                && fits(type.limits(), memory.pages(), memory.declared().maximum())) {
            return memory;
        }
        throw mismatch(wanted, given);
    }

    /** By the table's own limits, as the specification has it, and not by those under which its exporter may have imported it. */
    private static TableInstance table(CoreImport wanted, CoreExternType.Table type, CoreExtern given) {
        if (given instanceof PassedExtern passed
                && passed.thing() instanceof TableInstance table
                && passed.type() instanceof CoreExternType.Table own
                && own.elementType() == type.elementType()
                && fits(
                        type.limits(),
                        table.size(),
                        Types.limits(table.limits()).maximum())) {
            return table;
        }
        throw mismatch(wanted, given);
    }

    /** A tag with the index that its type has in this module, which Chicory's interpreter asks for where it throws. */
    private GuestTag tag(int position, FunctionType identity) {
        TagType index = ((TagImport) module.wasm().importSection().getImport(position)).tagType();
        GuestTag tag = new GuestTag(index, module.wasm().typeSection().getType(index.typeIdx()), identity);
        tags.add(tag);
        return tag;
    }

    private static ChicoryStore storeOf(CoreExtern extern) {
        if (extern instanceof GuestFunction function) {
            return function.instance().store();
        } else if (extern instanceof HostFunction function) {
            return function.store();
        } else if (extern instanceof FlatMemory memory) {
            return memory.store();
        } else if (extern instanceof PassedExtern passed) {
            return passed.store();
        }
        throw new CoreLinkException("an import of another engine: " + extern);
    }

    /** The form in which Chicory calls an import; a call of this store runs, so no guard is passed again. */
    private static WasmFunctionHandle chicoryHandle(CoreFunction function) {
        if (function instanceof GuestFunction guest) {
            ChicoryInstance instance = guest.instance();
            int index = guest.index();
            return (caller, arguments) -> instance.invoke(index, arguments);
        }
        return (HostFunction) function;
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
            case PassedExtern passed
            when passed.thing() instanceof TableInstance table ->
                "a table of " + table.size() + " elements, declared " + Types.limits(table.limits()) + ", as "
                        + passed.type();
            case PassedExtern passed -> passed.type().toString();
            default -> given.toString();
        };
        String want = wanted.type() instanceof CoreExternType.Function(var type)
                ? "a function " + type
                : wanted.type().toString();
        return new CoreLinkException(name(wanted) + " wants " + want + " and was given " + got);
    }
}
