package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.canon.CoreHandles;
import infrarust.wasm.component.canon.ExportPlan;
import infrarust.wasm.component.canon.ImportPlan;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.link.LinkPlan.LiftedFunction;
import infrarust.wasm.component.link.LinkPlan.LoweredFunction;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.mapping.TypeMapper;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.InstanceType;
import infrarust.wasm.component.type.ResourceType;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A component linked to Java types: code for its imports, and for each exported interface that was bound. What objects stand
 * behind the types differs from instance to instance. Any thread.
 */
public final class Linkage {

    private final LinkPlan plan;
    private final CoreHandles handles;
    private final ImportPlan imports;
    private final Map<ResourceType, Class<?>> resources;
    private final Map<Class<?>, Bound> bound = new ConcurrentHashMap<>();

    private record Bound(ExportPlan plan, int scope) {}

    private Linkage(LinkPlan plan, CoreHandles handles, ImportPlan imports, Map<ResourceType, Class<?>> resources) {
        this.plan = plan;
        this.handles = handles;
        this.imports = imports;
        this.resources = resources;
    }

    /**
     * Chooses who serves each imported interface.
     *
     * @param offered later ones go first
     * @return by the name of the import, in the component's order; interfaces that nobody offers are absent
     */
    public static Map<String, Provider> select(LinkPlan plan, List<Provider> offered) {
        Map<String, Provider> selected = new LinkedHashMap<>();
        List<String> wanted = new ArrayList<>(plan.type().imports().keySet());
        wanted.add(WitInterface.ROOT);
        for (String name : wanted) {
            for (Provider provider : offered.reversed()) {
                if (InterfaceName.matches(provider.annotation(), name)) {
                    selected.put(name, provider);
                    break;
                }
            }
        }
        return selected;
    }

    /**
     * Links the imports.
     *
     * @throws ComponentException if one is offered by nobody, or by a Java type that does not fit
     */
    public static Linkage of(LinkPlan plan, Map<String, Provider> providers) {
        Map<ResourceType, Class<?>> resources = new HashMap<>();
        plan.type().imports().forEach((name, type) -> {
            Provider provider = providers.get(name);
            if (provider != null && type instanceof InstanceType instance) {
                resources.putAll(resourceClasses(provider.annotation(), provider.type(), importedResources(instance)));
            }
        });
        List<String> order = List.copyOf(providers.keySet());
        CoreHandles handles = new CoreHandles(plan.functions().size());
        Map<MethodHandles.Lookup, TypeMapper> mappers = new HashMap<>();
        List<ImportPlan.HostFunction> functions = new ArrayList<>();
        for (LoweredFunction lowered : plan.lowered()) {
            Provider provider = providers.get(lowered.instance());
            String place = InterfaceName.function(lowered.instance(), lowered.name());
            if (provider == null) {
                throw new ComponentException("the component imports " + place + ", which this host does not offer");
            }
            TypeMapper mapper = mappers.computeIfAbsent(
                    provider.lookup(), l -> new TypeMapper(l, r -> Optional.ofNullable(resources.get(r))));
            Class<?> receiver = receiver(lowered, provider, place);
            Method method = FunctionMapping.find(receiver, lowered.name())
                    .orElseThrow(() -> new ComponentException(
                            "the component imports " + place + ", for which " + receiver.getName() + " has no method"));
            FunctionMapping mapping =
                    FunctionMapping.of(mapper, lowered.name(), lowered.type(), method, true, "import of " + place);
            functions.add(new ImportPlan.HostFunction(
                    mapping,
                    mapping.erasedHandle(provider.lookup()),
                    order.indexOf(lowered.instance()),
                    lowered.options()));
        }
        return new Linkage(plan, handles, ImportPlan.compile(handles, functions), resources);
    }

    private static Map<String, ResourceType> importedResources(InstanceType instance) {
        Map<String, ResourceType> resources = new HashMap<>();
        instance.exports().forEach((name, type) -> {
            if (type instanceof ExternType.Resource(ResourceType resource)) {
                resources.put(name, resource);
            }
        });
        return resources;
    }

    private static Map<ResourceType, Class<?>> resourceClasses(
            WitInterface annotation, Class<?> declaring, Map<String, ResourceType> declared) {
        Map<ResourceType, Class<?>> classes = new HashMap<>();
        for (Class<?> javaType : annotation.resources()) {
            WitResource resource = javaType.getAnnotation(WitResource.class);
            if (resource == null) {
                throw new ComponentException(javaType.getName() + ", which " + declaring.getName()
                        + " names as a resource, does not say which: add @WitResource(\"name\")");
            }
            ResourceType type = declared.get(resource.value());
            // A component that does not use a resource does not import it.
            if (type != null) {
                classes.put(type, javaType);
            }
        }
        return classes;
    }

    private static Class<?> receiver(LoweredFunction lowered, Provider provider, String place) {
        Optional<String> resource = FunctionMapping.resourceOf(lowered.name());
        if (resource.isEmpty()) {
            return provider.type();
        }
        for (Class<?> javaType : provider.annotation().resources()) {
            WitResource annotation = javaType.getAnnotation(WitResource.class);
            if (annotation != null && annotation.value().equals(resource.get())) {
                return javaType;
            }
        }
        throw new ComponentException("the component imports " + place + ", but "
                + provider.type().getName() + " names no Java type for the resource " + resource.get());
    }

    CoreHandles handles() {
        return handles;
    }

    ImportPlan imports() {
        return imports;
    }

    /**
     * Binds an exported interface of one instance.
     *
     * @throws ComponentException if it is not exported or does not fit
     */
    public Object bind(RunningComponent instance, MethodHandles.Lookup lookup, Class<?> javaType) {
        Bound code = bound.get(javaType);
        if (code == null) {
            // Two threads may both compile; either result serves.
            code = compile(lookup, javaType);
            bound.put(javaType, code);
        }
        return code.plan.bind(instance.state(code.scope));
    }

    private Bound compile(MethodHandles.Lookup lookup, Class<?> javaType) {
        WitInterface annotation = Provider.annotation(javaType);
        String name = plan.exports().keySet().stream()
                .filter(export -> InterfaceName.matches(annotation, export))
                .findFirst()
                .orElseThrow(() -> new ComponentException("the component does not export " + annotation.value()
                        + "; it exports " + plan.type().exports().keySet()));
        LinkPlan.ExportedInstance exported = plan.exports().get(name);
        Map<ResourceType, Class<?>> guestClasses = resourceClasses(annotation, javaType, exported.resources());
        Map<ResourceType, Class<?>> classes = new HashMap<>(resources);
        classes.putAll(guestClasses);
        TypeMapper mapper = new TypeMapper(lookup, r -> Optional.ofNullable(classes.get(r)));
        ExportBinder binder = new ExportBinder(plan, name, exported, mapper);
        List<ExportPlan.GuestFunction> functions = binder.functions(javaType, "");
        List<ExportPlan.GuestResourceType> guestResources = new ArrayList<>();
        guestClasses.forEach((type, resource) -> {
            if (!GuestResource.class.isAssignableFrom(resource)) {
                throw new ComponentException(resource.getName() + " stands for the exported resource " + type
                        + " and has to extend " + GuestResource.class.getName());
            }
            guestResources.add(new ExportPlan.GuestResourceType(
                    type,
                    resource,
                    binder.functions(resource, "[method]" + binder.nameOf(type) + "."),
                    plan.destructors().getOrDefault(type, Options.NONE)));
        });
        return new Bound(ExportPlan.compile(handles, lookup, javaType, functions, guestResources), binder.scope());
    }

    /** Finds the guest's function for each Java method of one exported interface. */
    private static final class ExportBinder {

        private final LinkPlan plan;
        private final String instance;
        private final LinkPlan.ExportedInstance exported;
        private final TypeMapper mapper;
        private int scope = -1;

        ExportBinder(LinkPlan plan, String instance, LinkPlan.ExportedInstance exported, TypeMapper mapper) {
            this.plan = plan;
            this.instance = instance;
            this.exported = exported;
            this.mapper = mapper;
        }

        int scope() {
            return Math.max(scope, 0);
        }

        String nameOf(ResourceType type) {
            return exported.resources().entrySet().stream()
                    .filter(entry -> entry.getValue() == type)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        List<ExportPlan.GuestFunction> functions(Class<?> javaType, String prefix) {
            List<ExportPlan.GuestFunction> functions = new ArrayList<>();
            for (Method method : ExportPlan.abstractMethods(javaType)) {
                if (!prefix.isEmpty() && method.getName().equals("close") && method.getParameterCount() == 0) {
                    continue;
                }
                functions.add(function(javaType, method, prefix));
            }
            return functions;
        }

        private ExportPlan.GuestFunction function(Class<?> javaType, Method method, String prefix) {
            String name = exported.functions().keySet().stream()
                    .filter(candidate -> candidate.startsWith(prefix))
                    .filter(candidate -> prefix.isEmpty()
                            == FunctionMapping.resourceOf(candidate).isEmpty())
                    .filter(candidate -> FunctionMapping.find(javaType, candidate)
                            .filter(method::equals)
                            .isPresent())
                    .findFirst()
                    .orElseThrow(() -> new ComponentException("the component's export " + instance
                            + " has no function for " + method.toGenericString() + "; it has "
                            + exported.functions().keySet()));
            LiftedFunction lifted = plan.lifted().get(exported.functions().get(name));
            if (scope >= 0 && scope != lifted.scope()) {
                throw new ComponentException("the functions of " + instance
                        + " come from several component instances, which this host does not support");
            }
            scope = lifted.scope();
            FunctionMapping mapping = FunctionMapping.of(
                    mapper, name, lifted.type(), method, false, "export of " + InterfaceName.function(instance, name));
            return new ExportPlan.GuestFunction(mapping, lifted.function(), lifted.options());
        }
    }
}
