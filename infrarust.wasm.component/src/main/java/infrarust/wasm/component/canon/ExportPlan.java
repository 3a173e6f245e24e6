package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The compiled code of one exported interface, bound to a Java interface; shared by the component's instances. */
public final class ExportPlan {

    private static final MethodType CLOSE = MethodType.methodType(void.class, Object.class);

    private final DeferredHandle wrap;

    private ExportPlan(DeferredHandle wrap) {
        this.wrap = wrap;
    }

    /**
     * One function of the guest.
     *
     * @param scope the number of the instance that defines it
     * @param coreFunction slot of the core function
     */
    public record GuestFunction(FunctionMapping function, int scope, int coreFunction, Options options) {}

    /**
     * A resource of the guest.
     *
     * @param javaType the interface that stands for it
     * @param methods the functions of its methods
     * @param definition where it comes from
     */
    public record GuestResourceType(
            ResourceType type, Class<?> javaType, List<GuestFunction> methods, ResourceDefinition definition) {}

    /**
     * A resource that a guest defines.
     *
     * @param scope the number of the instance that defines it
     * @param destructor function slot, or {@link Options#NONE}
     */
    public record ResourceDefinition(int scope, int destructor) {}

    /**
     * The methods of an interface that somebody has to implement.
     *
     * @throws ComponentException if there are two of one name, which no WIT interface has
     */
    public static List<Method> abstractMethods(Class<?> type) {
        Map<String, Method> methods = new java.util.LinkedHashMap<>();
        for (Method method : type.getMethods()) {
            if (java.lang.reflect.Modifier.isAbstract(method.getModifiers())) {
                Method other = methods.putIfAbsent(method.getName(), method);
                if (other != null && !java.util.Arrays.equals(other.getParameterTypes(), method.getParameterTypes())) {
                    throw new ComponentException(type.getName() + " has two methods called " + method.getName()
                            + "; WIT has no overloading");
                }
            }
        }
        return List.copyOf(methods.values());
    }

    /** Compiles an interface: one class of ours with the code, and one beside each Java interface that forwards to it. */
    public static ExportPlan compile(
            CoreHandles handles,
            MethodHandles.Lookup lookup,
            Class<?> javaType,
            List<GuestFunction> functions,
            List<GuestResourceType> resources) {
        PlanClass plan = new PlanClass(handles);
        Map<ResourceType, ValueCode.GuestResourceCode> codes = new HashMap<>();
        List<StubClass> stubs = new ArrayList<>();
        for (GuestResourceType resource : resources) {
            StubClass stub = new StubClass(lookup, resource.javaType(), targets(resource));
            stubs.add(stub);
            codes.put(
                    resource.type(),
                    new ValueCode.GuestResourceCode(
                            stub.wrap(),
                            stub.unwrap(),
                            resource.definition().scope(),
                            resource.definition().destructor()));
        }
        List<StubClass.Target> targets = new ArrayList<>();
        functions.forEach(function -> targets.add(target(function)));
        StubClass root = new StubClass(lookup, javaType, targets);
        Writing writing = new Writing(plan, codes);
        List<DeferredHandle> rootHandles = new ArrayList<>();
        functions.forEach(function -> rootHandles.add(writing.add(function)));
        root.bind(rootHandles);
        for (int i = 0; i < resources.size(); i++) {
            List<DeferredHandle> handlesOfMethods = new ArrayList<>();
            for (Method method : abstractMethods(resources.get(i).javaType())) {
                handlesOfMethods.add(
                        functionOf(resources.get(i), method).map(writing::add).orElseGet(ExportPlan::close));
            }
            stubs.get(i).bind(handlesOfMethods);
        }
        writing.define();
        return new ExportPlan(root.wrap());
    }

    private static StubClass.Target target(GuestFunction function) {
        return new StubClass.Target(
                function.function().method().orElseThrow(), ExportCode.entryType(function.function()));
    }

    private static List<StubClass.Target> targets(GuestResourceType resource) {
        List<StubClass.Target> targets = new ArrayList<>();
        for (Method method : abstractMethods(resource.javaType())) {
            targets.add(functionOf(resource, method)
                    .map(ExportPlan::target)
                    .orElseGet(() -> new StubClass.Target(method, CLOSE)));
        }
        return targets;
    }

    private static Optional<GuestFunction> functionOf(GuestResourceType resource, Method method) {
        for (GuestFunction function : resource.methods()) {
            if (function.function().method().filter(method::equals).isPresent()) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    private static DeferredHandle close() {
        return new DeferredHandle(CLOSE, () -> find(MethodHandles.lookup(), GuestHandle.class, "close", CLOSE));
    }

    static MethodHandle find(MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type) {
        try {
            return lookup.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of ours", e);
        }
    }

    /** The class under construction, and the functions that it has so far. */
    private static final class Writing {

        private final PlanClass plan;
        private final Map<ResourceType, ValueCode.GuestResourceCode> resources;
        private int functions;
        private MethodHandles.@Nullable Lookup defined;

        Writing(PlanClass plan, Map<ResourceType, ValueCode.GuestResourceCode> resources) {
            this.plan = plan;
            this.resources = resources;
        }

        DeferredHandle add(GuestFunction function) {
            String name = "export_" + functions++;
            new ExportCode(plan, function, resources).addTo(name);
            MethodType type = ExportCode.entryType(function.function());
            return new DeferredHandle(type, () -> {
                MethodHandles.Lookup lookup = Objects.requireNonNull(defined);
                return find(lookup, lookup.lookupClass(), name, type);
            });
        }

        void define() {
            defined = plan.define();
        }
    }

    /** The Java object of one instance; the state is that of any instance within it. */
    public Object bind(InstanceState state) {
        try {
            return wrap.get().invoke(state);
        } catch (Throwable e) {
            throw new AssertionError("a constructor that only stores its argument", e);
        }
    }
}
