package infrarust.wasm.component.canon;

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

/** The compiled code of one exported interface, bound to a Java interface; shared by the component's instances. */
public final class ExportPlan {

    private static final MethodHandle STATE_OF = own("stateOf", InstanceState.class);
    private static final MethodHandle CLOSE = own("close", void.class);

    private final MethodHandle wrap;

    private ExportPlan(MethodHandle wrap) {
        this.wrap = wrap;
    }

    private static MethodHandle own(String name, Class<?> result) {
        try {
            return MethodHandles.lookup()
                    .findStatic(GuestHandle.class, name, MethodType.methodType(result, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this package", e);
        }
    }

    /**
     * One function of the guest.
     *
     * @param coreFunction slot of the core function
     */
    public record GuestFunction(FunctionMapping function, int coreFunction, Options options) {}

    /**
     * A resource of the guest.
     *
     * @param javaType the interface that stands for it
     * @param methods the functions of its methods
     * @param destructor function slot, or {@link Options#NONE}
     */
    public record GuestResourceType(
            ResourceType type, Class<?> javaType, List<GuestFunction> methods, int destructor) {}

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
        Map<ResourceType, StubClass> stubs = new HashMap<>();
        for (GuestResourceType resource : resources) {
            StubClass stub = new StubClass(lookup, resource.javaType(), abstractMethods(resource.javaType()));
            stubs.put(resource.type(), stub);
            codes.put(
                    resource.type(),
                    new ValueCode.GuestResourceCode(stub.wrap(), stub.unwrap(), resource.destructor()));
        }
        StubClass root = new StubClass(
                lookup,
                javaType,
                functions.stream().map(f -> f.function().method()).toList());
        List<GuestFunction> all = new ArrayList<>(functions);
        resources.forEach(resource -> all.addAll(resource.methods()));
        Map<GuestFunction, ExportCode> written = new HashMap<>();
        for (GuestFunction function : all) {
            ExportCode code =
                    new ExportCode(plan, function.function(), function.coreFunction(), function.options(), codes);
            code.addTo(name(all, function));
            written.put(function, code);
        }
        MethodHandles.Lookup defined = plan.define();
        Map<GuestFunction, MethodHandle> methods = new HashMap<>();
        for (GuestFunction function : all) {
            methods.put(
                    function,
                    find(defined, name(all, function), written.get(function).type()));
        }
        root.bind(functions.stream()
                .map(f -> methods.get(f).asType(methods.get(f).type().changeParameterType(0, Object.class)))
                .toList());
        for (GuestResourceType resource : resources) {
            stubs.get(resource.type()).bind(resourceTargets(resource, methods));
        }
        return new ExportPlan(root.wrap());
    }

    private static String name(List<GuestFunction> all, GuestFunction function) {
        return "export_" + all.indexOf(function);
    }

    private static MethodHandle find(MethodHandles.Lookup plan, String name, MethodType type) {
        try {
            return plan.findStatic(plan.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the method was written here", e);
        }
    }

    /** The handles of a resource's methods, in the order of its interface; each finds the instance through the handle. */
    private static List<MethodHandle> resourceTargets(
            GuestResourceType resource, Map<GuestFunction, MethodHandle> methods) {
        List<MethodHandle> targets = new ArrayList<>();
        for (Method method : abstractMethods(resource.javaType())) {
            targets.add(resource.methods().stream()
                    .filter(f -> f.function().method().equals(method))
                    .findFirst()
                    .map(f -> MethodHandles.foldArguments(methods.get(f), STATE_OF))
                    .orElse(CLOSE));
        }
        return targets;
    }

    /** The Java object of one instance. */
    public Object bind(InstanceState state) {
        try {
            return wrap.invoke(state);
        } catch (Throwable e) {
            throw new AssertionError("a constructor that only stores its argument", e);
        }
    }
}
