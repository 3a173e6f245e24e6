package infrarust.wasm.component;

import infrarust.wasm.component.binary.ComponentDecoder;
import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.link.LinkPlan;
import infrarust.wasm.component.link.Linkage;
import infrarust.wasm.component.link.Resolver;
import infrarust.wasm.component.link.RunningComponent;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ComponentType;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.validate.Validator;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A component: decoded, checked, its core modules compiled. Immutable; any thread may use it, and any number of instances may be
 * made of it. Code that links it to Java types is generated once per set of types and shared by its instances.
 */
public final class Component {

    private final CoreEngine engine;
    private final LinkPlan plan;
    private final Map<List<Key>, Linkage> linkages = new ConcurrentHashMap<>();

    /** Code is generated for Java types as one lookup sees them; the objects behind them may differ. */
    private record Key(String importName, Class<?> type, Class<?> lookup) {

        // Written out, since the generated methods are linked at their first use, which costs a cold start
        // milliseconds.

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && type == key.type
                    && lookup == key.lookup
                    && importName.equals(key.importName);
        }

        @Override
        public int hashCode() {
            return importName.hashCode();
        }
    }

    private Component(CoreEngine engine, LinkPlan plan) {
        this.engine = engine;
        this.plan = plan;
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
        ComponentDefinition definition = ComponentDecoder.decode(bytes);
        try {
            Validator.validate(bytes, definition);
        } catch (ComponentException e) {
            throw definition.opaque() ? definition.unsupported().orElse(e) : e;
        }
        if (definition.unsupported().isPresent()) {
            throw definition.unsupported().get();
        }
        return new Component(engine, Resolver.resolve(engine, bytes, definition));
    }

    /** What the component imports, by name and in its order; interfaces are {@link infrarust.wasm.component.type.InstanceType}. */
    public Map<String, ExternType> imports() {
        return plan.type().imports();
    }

    /** What the component exports, by name and in its order. */
    public Map<String, ExternType> exports() {
        return plan.type().exports();
    }

    /** Imports and exports together; its text reads like WIT. */
    public ComponentType type() {
        return plan.type();
    }

    /**
     * Makes an instance: links the imports, instantiates the core modules and runs their start functions.
     *
     * @param limits hold for all that this instance consists of
     * @throws ComponentException if an import is offered by nobody or by a Java type that does not fit; one sentence names the
     *     interface, the function and both types
     * @throws infrarust.wasm.spi.CoreLinkException if a limit is exceeded at once
     * @throws infrarust.wasm.spi.CoreTrap if a start function traps
     */
    public ComponentInstance instantiate(Imports imports, CoreLimits limits) {
        return instantiate(imports, limits, _ -> {});
    }

    /**
     * Does the same under the eye of a watchdog: start functions are guest code and may never end.
     *
     * @param watching is given the store on this thread before anything of the guest runs. It is for {@link
     *     CoreStore#runningCall()} and {@link CoreStore#interrupt(long)} alone; the instance that comes out owns it
     * @throws ComponentException as above
     */
    public ComponentInstance instantiate(Imports imports, CoreLimits limits, Consumer<CoreStore> watching) {
        Map<String, Provider> providers = Linkage.select(plan, imports.providers());
        List<Key> key = new ArrayList<>();
        providers.forEach((name, provider) ->
                key.add(new Key(name, provider.type(), provider.lookup().lookupClass())));
        Linkage linkage = linkages.computeIfAbsent(key, _ -> Linkage.of(plan, providers));
        Object[] hosts =
                providers.values().stream().map(Provider::implementation).toArray();
        CoreStore store = engine.newStore(limits);
        watching.accept(store);
        return new ComponentInstance(RunningComponent.start(plan, linkage, store, hosts), imports.lookup());
    }
}
