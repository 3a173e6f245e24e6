package infrarust.wasm.spi;

import java.util.Set;

/** A core WebAssembly engine. Any thread may use it. */
public interface CoreEngine extends AutoCloseable {

    /** Name and version for logs, for example {@code chicory 1.7.5 (compiler)}. */
    String description();

    /** What modules may use beyond WebAssembly 1.0. */
    Set<CoreFeature> features();

    /**
     * Decodes, validates and compiles a core module, taking compiled code from the cache where it is there.
     *
     * @param wasm the module's bytes; not kept and not changed
     * @throws CoreModuleException if the bytes are no valid module, or need a feature that this engine lacks (named)
     */
    CoreModule compile(byte[] wasm);

    /** Makes a store: the unit that holds everything of one component instance, under the given limits. */
    CoreStore newStore(CoreLimits limits);

    /** Gives up the engine's own threads and native memory. Stores must be closed before. */
    @Override
    void close();
}
