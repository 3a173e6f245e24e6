package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The core modules of a component's file, nested components included. An engine compiles each once, whoever asks for it: the
 * component itself, each time that it is put together, or another that it is offered to. Any thread may use this.
 */
public final class CoreModules {

    private final byte[] file;
    private final Map<Key, CoreModule> compiled = new ConcurrentHashMap<>();

    /** A module by who compiled it and where it starts. */
    @SuppressWarnings("ReferenceEquality") // an engine is itself and no other
    private record Key(CoreEngine engine, int start) {

        // Written out: the generated methods cost a cold start milliseconds.

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && engine == key.engine && start == key.start;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(engine) + start;
        }
    }

    /**
     * Compiles nothing yet.
     *
     * @param file what the offsets of definitions count in; kept, and not to be changed
     */
    public CoreModules(byte[] file) {
        this.file = file;
    }

    /**
     * A module of the file.
     *
     * @throws ComponentException if the engine refuses it
     */
    CoreModule compile(Definition.CoreModule module, CoreEngine engine) {
        return compiled.computeIfAbsent(new Key(engine, module.start()), _ -> {
            try {
                return engine.compile(Arrays.copyOfRange(file, module.start(), module.end()));
            } catch (CoreModuleException e) {
                throw new ComponentException("a core module cannot be used: " + e.getMessage(), module.offset(), e);
            }
        });
    }
}
