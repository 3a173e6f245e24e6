package infrarust.wasm.component;

import infrarust.wasm.component.binary.ComponentDecoder;
import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.link.CoreModules;
import infrarust.wasm.component.link.Externals;
import infrarust.wasm.component.link.Item;
import infrarust.wasm.component.link.LinkPlan;
import infrarust.wasm.component.link.Linkage;
import infrarust.wasm.component.link.Offers;
import infrarust.wasm.component.link.Resolver;
import infrarust.wasm.component.link.RunningComponent;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ComponentType;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.validate.ComponentShape;
import infrarust.wasm.component.validate.Validator;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A component: decoded, checked, its core modules compiled. Immutable; any thread may use it, and any number of instances may be
 * made of it. Code that links it to Java types is generated once per set of types and shared by its instances.
 */
public final class Component {

    private final CoreEngine engine;
    private final ComponentDefinition definition;
    private final CoreModules modules;

    /** Absent if it imports modules or components, which decide how it is put together. */
    private final Optional<LinkPlan> plan;

    private final ComponentType type;
    private final Map<List<Key>, Linkage> linkages = new ConcurrentHashMap<>();

    /** Code is generated for an import and what serves it; the objects behind that may differ. */
    private record Key(String importName, Object offer) {

        // Written out, since the generated methods are linked at their first use, which costs a cold start
        // milliseconds.

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && importName.equals(key.importName) && offer.equals(key.offer);
        }

        @Override
        public int hashCode() {
            return importName.hashCode();
        }
    }

    private Component(
            CoreEngine engine,
            ComponentDefinition definition,
            CoreModules modules,
            Optional<LinkPlan> plan,
            ComponentType type) {
        this.engine = engine;
        this.definition = definition;
        this.modules = modules;
        this.plan = plan;
        this.type = type;
    }

    /**
     * Decodes a component and compiles its core modules. Takes as long as the engine's compiler does (a second for a cold JVM and
     * a small Rust component), so keep it off event loops.
     *
     * @param bytes a component in the binary format; kept, so nobody may change it afterwards
     * @throws ComponentException if this is no valid component, is a core module or text instead, or needs something that is not
     *     supported; one sentence says what and where
     */
    public static Component compile(CoreEngine engine, byte[] bytes) {
        ComponentDefinition definition = ComponentDecoder.decode(bytes);
        try {
            refuseAsync(definition, Validator.validate(bytes, definition));
        } catch (ComponentException e) {
            throw definition.opaque() ? definition.unsupported().orElse(e) : e;
        }
        if (definition.unsupported().isPresent()) {
            throw definition.unsupported().get();
        }
        CoreModules modules = new CoreModules(bytes);
        try {
            LinkPlan plan = Resolver.resolve(engine, definition, modules, Externals.UNKNOWN);
            return new Component(engine, definition, modules, Optional.of(plan), plan.type());
        } catch (Externals.Missing _) {
            Resolver.compile(engine, definition, modules);
            ComponentType unresolved = new ComponentType(Map.of(), Map.of());
            return new Component(engine, definition, modules, Optional.empty(), unresolved);
        }
    }

    /** Async functions of components within the outermost one are called by each other; embedders call and serve none. */
    private static void refuseAsync(ComponentDefinition definition, ComponentShape shape) {
        for (Definition line : definition.definitions()) {
            boolean async = switch (line) {
                case Definition.Import imported ->
                    Objects.requireNonNull(shape.imports().get(imported.name())).mentionsAsync();
                case Definition.Export exported ->
                    Objects.requireNonNull(shape.exports().get(exported.name())).mentionsAsync();
                default -> false;
            };
            if (async) {
                throw ComponentException.unsupported("async functions", line.offset());
            }
        }
    }

    /**
     * Whether it is known what the component is made of. One that imports core modules or components is put together anew at each
     * instantiation; until then its {@link #type()} is empty.
     */
    public boolean isResolved() {
        return plan.isPresent();
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
        Offers offers = Offers.select(definition.importNames(), imports.offers());
        LinkPlan resolved =
                plan.orElseGet(() -> Resolver.resolve(engine, definition, modules, offers.externals(engine)));
        offers.check(resolved);
        Linkage linkage = linkage(resolved, offers);
        CoreStore store = engine.newStore(limits);
        try {
            watching.accept(store);
        } catch (Throwable e) { // only to close what nobody else knows of
            store.close();
            throw e;
        }
        return new ComponentInstance(RunningComponent.start(resolved, linkage, store, offers), imports.lookup());
    }

    /**
     * Makes code that instances of this component share and that {@link ComponentInstance#bind} would make when it is needed. It
     * takes as long as to instantiate does in a cold JVM; another thread that does it at the same time halves the wait. Any
     * thread; without effect for a component that is not {@link #isResolved() resolved}.
     *
     * @param imports those that the instance will be made with
     * @param lookup sees the interfaces
     * @param exportedInterfaces as for {@link ComponentInstance#bind}
     * @throws ComponentException as {@link #instantiate} and {@link ComponentInstance#bind} would
     */
    public void prepare(Imports imports, MethodHandles.Lookup lookup, List<Class<?>> exportedInterfaces) {
        if (plan.isEmpty()) {
            return;
        }
        Offers offers = Offers.select(definition.importNames(), imports.offers());
        offers.check(plan.get());
        Linkage linkage = linkage(plan.get(), offers);
        for (Class<?> exportedInterface : exportedInterfaces) {
            var _ = linkage.exported(lookup, exportedInterface);
        }
    }

    private Linkage linkage(LinkPlan resolved, Offers offers) {
        // What depends on modules of others is linked anew each time.
        if (plan.isEmpty()) {
            return Linkage.of(resolved, offers.selected());
        }
        List<Key> key = new ArrayList<>();
        offers.selected().forEach((name, offer) -> key.add(new Key(name, offer.key())));
        return linkages.computeIfAbsent(key, _ -> Linkage.of(resolved, offers.selected()));
    }

    /** What stands for this component where another imports it. */
    Item.Component item() {
        return Resolver.component(definition, modules);
    }
}
