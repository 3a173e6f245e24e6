package infrarust.wasm.component;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ComponentType;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.util.Map;

/**
 * A component: decoded, checked, its core modules compiled. Immutable; any thread may use it, and any number of instances may be
 * made of it. Code that links it to Java types is generated once per set of types and shared by its instances.
 */
@SuppressWarnings({"UnusedMethod", "DoNotCallSuggester"}) // bodies follow
public final class Component {

    private final ComponentType type;

    private Component(ComponentType type) {
        this.type = type;
    }

    /**
     * Decodes a component and compiles its core modules. Takes as long as the engine's compiler does (a second for a cold JVM and
     * a small Rust component), so keep it off event loops.
     *
     * @param bytes a component in the binary format; not kept and not changed
     * @throws ComponentException if this is no valid component, is a core module or text instead, or needs something that is not
     *     supported; one sentence says what and where
     */
    public static Component compile(CoreEngine engine, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /** What the component imports, by name and in its order; interfaces are {@link infrarust.wasm.component.type.InstanceType}. */
    public Map<String, ExternType> imports() {
        return type.imports();
    }

    /** What the component exports, by name and in its order. */
    public Map<String, ExternType> exports() {
        return type.exports();
    }

    /** Imports and exports together; its text reads like WIT. */
    public ComponentType type() {
        return type;
    }

    /**
     * Makes an instance: links the imports, instantiates the core modules and runs their start functions.
     *
     * @param limits hold for each memory and table of this instance
     * @throws ComponentException if an import is offered by nobody or by a Java type that does not fit; one sentence names the
     *     interface, the function and both types
     * @throws infrarust.wasm.spi.CoreLinkException if a limit is exceeded at once
     * @throws infrarust.wasm.spi.CoreTrap if a start function traps
     */
    public ComponentInstance instantiate(Imports imports, CoreLimits limits) {
        throw new UnsupportedOperationException();
    }
}
