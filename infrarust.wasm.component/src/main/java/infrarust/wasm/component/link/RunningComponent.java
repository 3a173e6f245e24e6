package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Definition.ResourceOperation;
import infrarust.wasm.component.canon.ExportPlan.ResourceDefinition;
import infrarust.wasm.component.canon.InstanceState;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.canon.Signature;
import infrarust.wasm.component.canon.TaskContext;
import infrarust.wasm.component.link.LinkPlan.LoweredFunction;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The running half of a component: core instances in one store, and the state of each component instance. */
public final class RunningComponent implements AutoCloseable {

    private final LinkPlan plan;
    private final Linkage linkage;
    private final CoreStore store;
    private final CoreMemory[] memories;
    private final CoreFunction[] functions;
    private final Object[] receivers;
    private final Map<ResourceType, Object> identities;
    private final Map<ResourceType, Consumer<Object>> destructors;
    private final List<InstanceState> states;
    private final List<CoreInstance> instances = new ArrayList<>();
    private final Map<Integer, TaskContext> tasks = new HashMap<>();

    private RunningComponent(LinkPlan plan, Linkage linkage, CoreStore store, Offers offers) {
        this.plan = plan;
        this.linkage = linkage;
        this.store = store;
        this.memories = new CoreMemory[plan.memories().size()];
        this.functions = new CoreFunction[plan.functions().size()];
        this.receivers = new Object[functions.length];
        this.identities = offers.identities();
        this.destructors = offers.destructors(plan);
        Object[] hosts =
                offers.selected().values().stream().map(Offer::receiver).toArray();
        this.states = new InstanceState(store, memories, functions, receivers, hosts).tree(plan.parents());
    }

    /**
     * Instantiates.
     *
     * @param store an empty store, which belongs to the result; closed if instantiation fails
     * @param offers what the linkage was made with, or other offers of the same keys
     */
    public static RunningComponent start(LinkPlan plan, Linkage linkage, CoreStore store, Offers offers) {
        RunningComponent running = new RunningComponent(plan, linkage, store, offers);
        try {
            running.instantiate();
        } catch (Throwable e) {
            store.close();
            throw e;
        }
        return running;
    }

    private void instantiate() {
        // Start functions run in here, and nobody may enter from outside while they do.
        states.getFirst().enter();
        int started = start(0);
        for (LinkPlan.CoreInstantiation instantiation : plan.instances()) {
            List<CoreExtern> imports = new ArrayList<>();
            for (CoreReference reference : instantiation.imports()) {
                imports.add(resolve(reference));
            }
            instances.add(store.instantiate(instantiation.module(), imports));
            started = start(started);
        }
        for (int slot = 0; slot < memories.length; slot++) {
            resolveMemory(slot);
        }
        for (int slot = 0; slot < functions.length; slot++) {
            resolveFunction(slot);
        }
        states.getFirst().exit();
    }

    /** Runs the start definitions that stand before the next core instance, and answers how many have run. */
    private int start(int started) {
        int next = started;
        while (next < plan.starts().size() && plan.starts().get(next).instances() == instances.size()) {
            lowered(plan.starts().get(next++).lowered()).call(new long[1]);
        }
        return next;
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
            case CoreReference.AsyncBuiltin(int scope, String name, int operand, CoreFunctionType type) ->
                store.hostFunction(type, task(scope).builtin(name, operand));
        };
    }

    private TaskContext task(int scope) {
        return tasks.computeIfAbsent(scope, s -> new TaskContext(states.get(s)));
    }

    private CoreFunction lowered(int index) {
        LoweredFunction function = plan.lowered().get(index);
        resolve(function.options());
        if (function.function() instanceof Item.LiftedFunction(int callee, FunctionType _)) {
            LinkPlan.LiftedFunction lifted = plan.lifted().get(callee);
            resolve(lifted.options());
            resolveFunction(lifted.function());
        }
        return store.hostFunction(
                Signature.of(function.function().type(), function.options().async())
                        .lowered(),
                linkage.imports().function(states.get(function.scope()), index));
    }

    /** What a function uses may be needed while later core instances are made, whose start functions call it. */
    private void resolve(Options options) {
        if (options.memory() != Options.NONE) {
            resolveMemory(options.memory());
        }
        if (options.realloc() != Options.NONE) {
            resolveFunction(options.realloc());
        }
        if (options.postReturn() != Options.NONE) {
            resolveFunction(options.postReturn());
        }
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
            case DROP -> store.hostFunction(CoreResolver.DESTRUCTOR, drop(state, resource));
        };
    }

    private CoreHostFunction drop(InstanceState state, ResourceType resource) {
        ResourceDefinition definition = plan.resources().get(resource);
        if (definition == null) {
            Consumer<Object> destructor = destructors.getOrDefault(resource, Offered::close);
            return io -> state.dropHostResource(resource, (int) io[0], destructor);
        }
        int owner = definition.scope();
        int destructor = definition.destructor();
        if (destructor != Options.NONE) {
            resolveFunction(destructor);
        }
        return io -> state.dropGuestResource(resource, (int) io[0], owner, destructor);
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

    /** The state of one component instance; 0 is the outermost. */
    public InstanceState state(int scope) {
        return states.get(scope);
    }

    /** What the component was resolved to. */
    public LinkPlan plan() {
        return plan;
    }

    /** One of this instance's resource types, to be offered to another component. */
    Offered.Resource offered(ResourceType type) {
        if (plan.resources().containsKey(type)) {
            return new Offered.Resource(new Defined(this, type), Offered::close);
        }
        return new Offered.Resource(
                identities.getOrDefault(type, new Defined(this, type)), destructors.getOrDefault(type, Offered::close));
    }

    /** Each instance defines resource types of its own. */
    private record Defined(RunningComponent instance, ResourceType type) {}

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
