package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.Version;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chicory with its compiler, or with its interpreter alone. */
final class ChicoryEngine implements CoreEngine {

    /**
     * Vectors need an artifact that does not exist for this version of Chicory, and it has no 64-bit memories; threads and garbage
     * collection no component toolchain asks for.
     */
    private static final Set<CoreFeature> INTERPRETED = Set.copyOf(EnumSet.complementOf(EnumSet.of(
            CoreFeature.SIMD, CoreFeature.RELAXED_SIMD, CoreFeature.THREADS, CoreFeature.MEMORY64, CoreFeature.GC)));

    /** Tail calls are compiled to ordinary calls by this version and would exhaust the stack. */
    private static final Set<CoreFeature> COMPILED = without(INTERPRETED, CoreFeature.TAIL_CALLS);

    private final Supplier<System.Logger> log;
    private final @Nullable CodeCache cache;
    private volatile boolean compiles;
    private boolean tested;

    ChicoryEngine(boolean compiles, Optional<Path> codeCache, Supplier<System.Logger> log) {
        this.log = log;
        this.compiles = compiles;
        this.cache =
                compiles ? codeCache.map(folder -> new CodeCache(folder, log)).orElse(null) : null;
    }

    @Override
    public String description() {
        return "chicory " + Version.version() + (compiles ? " (compiler)" : " (interpreter)");
    }

    @Override
    public Set<CoreFeature> features() {
        return compiles ? COMPILED : INTERPRETED;
    }

    private static Set<CoreFeature> without(Set<CoreFeature> all, CoreFeature one) {
        Set<CoreFeature> rest = EnumSet.copyOf(all);
        rest.remove(one);
        return Set.copyOf(rest);
    }

    @Override
    public CoreModule compile(byte[] wasm) {
        if (!compiles) {
            return interpreted(wasm);
        }
        ModuleKey key = ModuleKey.of(wasm);
        if (cache != null) {
            Optional<CompiledCode> cached = cache.load(key, wasm);
            if (cached.isPresent()) {
                try {
                    ChicoryModule module = ChicoryModule.of(this, wasm, cached.get());
                    nameInterpreted(cached.get(), wasm, key);
                    return module;
                } catch (RuntimeException e) {
                    // An entry that reads well but does not load: as good as damaged.
                    cache.discard(key, e);
                }
            }
        }
        if (!compilerWorks()) {
            return interpreted(wasm);
        }
        ModuleScan.Checked checked = ModuleScan.check(wasm, COMPILED);
        List<Integer> references = ModuleBytes.functions(checked.references());
        WasmModule module = parse(renamed(checked, references));
        CompiledCode code;
        try {
            code = ModuleCompiler.compile(module, references, key);
        } catch (CoreModuleException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new CoreModuleException("Chicory's compiler does not take the module: " + e, e);
        }
        nameInterpreted(code, wasm, key);
        if (cache != null) {
            cache.store(key, wasm, code);
        }
        return ChicoryModule.of(this, wasm, code);
    }

    private ChicoryModule interpreted(byte[] wasm) {
        ModuleScan.Checked checked = ModuleScan.check(wasm, INTERPRETED);
        ModuleBytes.Renamed renamed = renamed(checked, ModuleBytes.functions(checked.references()));
        WasmModule module = parse(renamed);
        for (FunctionBody body : module.codeSection().functionBodies()) {
            if (ModuleCompiler.refersToExceptions(body)) {
                throw new CoreModuleException("the module uses references to exceptions (throw_ref), which Chicory's"
                        + " interpreter takes for the last exception of a tag");
            }
        }
        return new ChicoryModule(this, new Code.Interpreted(), IndirectCalls.replaced(module), renamed.names());
    }

    private static ModuleBytes.Renamed renamed(ModuleScan.Checked checked, List<Integer> references) {
        if (!references.isEmpty()) {
            // What is wrong with the module is told of the module as it came.
            parse(ModuleBytes.renameImports(checked.wasm()));
        }
        return ModuleBytes.renameImports(ModuleBytes.withReferences(checked.wasm(), references, checked.references()));
    }

    /** Parses and validates. */
    private static WasmModule parse(ModuleBytes.Renamed renamed) {
        try {
            return Parser.parse(renamed.wasm());
        } catch (ChicoryException e) {
            throw new CoreModuleException("not a valid core module: " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError e) {
            // Chicory's parser leaves some malformed input to the exceptions of buffers and lists.
            throw new CoreModuleException("not a valid core module: " + e, e);
        }
    }

    /**
     * Whether the compiler passes the self-test; asked before the first module that is not in the cache, not at opening,
     * because loading the compiler takes a third of a second in a cold JVM.
     */
    private synchronized boolean compilerWorks() {
        if (!tested) {
            tested = true;
            try {
                SelfTest.run(this);
            } catch (Throwable e) {
                // Whatever it is, inner classes of another version included: the interpreter needs none of them.
                compiles = false;
                log.get()
                        .log(
                                System.Logger.Level.WARNING,
                                "Chicory " + Version.version()
                                        + " does not compile as expected; modules are interpreted, which is far slower: "
                                        + e,
                                e);
            }
        }
        return compiles;
    }

    private void nameInterpreted(CompiledCode code, byte[] wasm, ModuleKey key) {
        if (!code.interpreted().isEmpty()) {
            Map<Integer, String> known = FunctionNames.of(wasm);
            StringBuilder names = new StringBuilder();
            for (int index : code.interpreted()) {
                String name = known.get(index);
                names.append(names.isEmpty() ? "" : ", ").append(index);
                if (name != null) {
                    names.append(" (").append(name).append(')');
                }
            }
            log.get()
                    .log(
                            System.Logger.Level.WARNING,
                            "module {0}: {1} function(s) are too large to compile and are interpreted, which is far slower: {2}",
                            key.hex(),
                            code.interpreted().size(),
                            names);
        }
    }

    @Override
    public CoreStore newStore(CoreLimits limits) {
        return new ChicoryStore(this, limits);
    }

    @Override
    public void close() {
        // Everything is on the heap.
    }
}
