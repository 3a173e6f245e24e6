package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Definition.ResourceOperation;
import infrarust.wasm.component.canon.InstanceState;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.canon.Signature;
import infrarust.wasm.component.link.LinkPlan.LoweredFunction;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreStore;
import java.util.ArrayList;
import java.util.List;

/** The running half of a component: core instances in one store, and the state of each component instance. */
public final class RunningComponent implements AutoCloseable {

    private final LinkPlan plan;
    private final Linkage linkage;
    private final CoreStore store;
    private final CoreMemory[] memories;
    private final CoreFunction[] functions;
    private final Object[] receivers;
    private final List<InstanceState> states = new ArrayList<>();
    private final List<CoreInstance> instances = new ArrayList<>();

    private RunningComponent(LinkPlan plan, Linkage linkage, CoreStore store, Object[] hosts) {
        this.plan = plan;
        this.linkage = linkage;
        this.store = store;
        this.memories = new CoreMemory[plan.memories().size()];
        this.functions = new CoreFunction[plan.functions().size()];
        this.receivers = new Object[functions.length];
        for (int i = 0; i < plan.scopes(); i++) {
            states.add(new InstanceState(store, memories, functions, receivers, hosts));
        }
    }

    /**
     * Instantiates.
     *
     * @param store an empty store, which belongs to the result; closed if instantiation fails
     * @param hosts the objects behind the linkage's providers, in their order
     */
    public static RunningComponent start(LinkPlan plan, Linkage linkage, CoreStore store, Object[] hosts) {
        RunningComponent running = new RunningComponent(plan, linkage, store, hosts);
        try {
            running.instantiate();
        } catch (Throwable e) {
            store.close();
            throw e;
        }
        return running;
    }

    private void instantiate() {
        // Start functions run in here, and nobody may enter while they do.
        states.forEach(InstanceState::enter);
        for (LinkPlan.CoreInstantiation instantiation : plan.instances()) {
            List<CoreExtern> imports = new ArrayList<>();
            for (CoreReference reference : instantiation.imports()) {
                imports.add(resolve(reference));
            }
            instances.add(store.instantiate(instantiation.module(), imports));
        }
        for (int slot = 0; slot < memories.length; slot++) {
            resolveMemory(slot);
        }
        for (int slot = 0; slot < functions.length; slot++) {
            resolveFunction(slot);
        }
        states.forEach(InstanceState::exit);
    }

    private CoreExtern resolve(CoreReference reference) {
        return switch (reference) {
            case CoreReference.Export(int instance, String name) ->
                instances
                        .get(instance)
                        .export(name)
                        .orElseThrow(
                                () -> new IllegalStateException("the engine does not know the export '" + name + "'"));
            case CoreReference.Lowered(int index) -> lowered(index);
            case CoreReference.Builtin(int scope, ResourceOperation operation, ResourceType resource) ->
                builtin(states.get(scope), operation, resource);
        };
    }

    private CoreFunction lowered(int index) {
        LoweredFunction function = plan.lowered().get(index);
        Options options = function.options();
        if (options.memory() != Options.NONE) {
            resolveMemory(options.memory());
        }
        if (options.realloc() != Options.NONE) {
            resolveFunction(options.realloc());
        }
        return store.hostFunction(
                Signature.of(function.type()).lowered(),
                linkage.imports().function(states.get(function.scope()), index));
    }

    private CoreFunction builtin(InstanceState state, ResourceOperation operation, ResourceType resource) {
        return switch (operation) {
            case NEW -> {
                CoreHostFunction body = io -> io[0] = state.resourceNew(resource, (int) io[0]);
                yield store.hostFunction(CoreResolver.RESOURCE, body);
            }
            case REP -> {
                CoreHostFunction body = io -> io[0] = state.resourceRep(resource, (int) io[0]);
                yield store.hostFunction(CoreResolver.RESOURCE, body);
            }
            case DROP -> {
                int destructor = plan.destructors().getOrDefault(resource, Options.NONE);
                CoreHostFunction body = io -> state.resourceDrop(resource, (int) io[0], destructor);
                yield store.hostFunction(CoreResolver.DESTRUCTOR, body);
            }
        };
    }

    private void resolveMemory(int slot) {
        if (memories[slot] == null) {
            memories[slot] = (CoreMemory) resolve(plan.memories().get(slot));
        }
    }

    private void resolveFunction(int slot) {
        if (functions[slot] == null) {
            CoreReference reference = plan.functions().get(slot);
            CoreFunction function = (CoreFunction) resolve(reference);
            linkage.handles().offer(slot, function, reference instanceof CoreReference.Export);
            receivers[slot] = function.receiver();
            functions[slot] = function;
        }
    }

    InstanceState state(int scope) {
        return states.get(scope);
    }

    /** The code that serves this instance. */
    public Linkage linkage() {
        return linkage;
    }

    /** The store that holds everything of this instance. */
    public CoreStore store() {
        return store;
    }

    /** Resource handles that the guest holds, in all its component instances. */
    public int handles() {
        return states.stream().mapToInt(state -> state.handles().size()).sum();
    }

    @Override
    public void close() {
        states.forEach(InstanceState::close);
        store.close();
    }
}
