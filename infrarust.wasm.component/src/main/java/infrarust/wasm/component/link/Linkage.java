package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.canon.CoreHandles;
import infrarust.wasm.component.canon.ExportPlan;
import infrarust.wasm.component.canon.FunctionPlan;
import infrarust.wasm.component.canon.ImportPlan;
import infrarust.wasm.component.link.LinkPlan.LiftedFunction;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.mapping.TypeMapper;
import infrarust.wasm.component.mapping.ValueMapper;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.InstanceType;
import infrarust.wasm.component.type.ResourceType;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A component linked to Java types: code for its imports, and for each exported interface that was bound. What objects stand
 * behind the types differs from instance to instance. Any thread.
 */
public final class Linkage {

    private final LinkPlan plan;
    private final CoreHandles handles;
    private final List<ImportPlan.Function> lowered;
    private final Map<ResourceType, Class<?>> resources;
    private final Map<Class<?>, ExportPlan> bound = new ConcurrentHashMap<>();
    private final Map<FunctionKey, FunctionPlan> functions = new ConcurrentHashMap<>();

    private @Nullable ImportPlan imports;

    private record FunctionKey(Item.LiftedFunction function, boolean values) {}

    private Linkage(
            LinkPlan plan,
            CoreHandles handles,
            List<ImportPlan.Function> lowered,
            Map<ResourceType, Class<?>> resources) {
        this.plan = plan;
        this.handles = handles;
        this.lowered = lowered;
        this.resources = resources;
    }

    /**
     * Links the imports.
     *
     * @param offers by the name of the import
     * @throws ComponentException if one is offered by nobody, or by a Java type that does not fit
     */
    public static Linkage of(LinkPlan plan, Map<String, Offer> offers) {
        Map<ResourceType, Class<?>> resources = new HashMap<>();
        plan.type().imports().forEach((name, type) -> {
            if (offers.get(name) instanceof Offer.Typed(Provider provider) && type instanceof InstanceType instance) {
                resources.putAll(resourceClasses(provider.annotation(), provider.type(), importedResources(instance)));
            }
        });
        CoreHandles handles = new CoreHandles(plan.functions().size());
        ImportLinker linker = new ImportLinker(plan, offers, resources);
        List<ImportPlan.Function> functions =
                plan.lowered().stream().map(linker::function).toList();
        return new Linkage(plan, handles, functions, resources);
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

    CoreHandles handles() {
        return handles;
    }

    /**
     * The code of the imports, made when the first instance needs it.
     *
     * @throws ComponentException if a function is too large for a Java method
     */
    synchronized ImportPlan imports() {
        ImportPlan code = imports;
        if (code == null) {
            code = ImportPlan.compile(handles, lowered);
            imports = code;
        }
        return code;
    }

    /**
     * Binds an exported interface of one instance.
     *
     * @throws ComponentException if it is not exported or does not fit
     */
    public Object bind(RunningComponent instance, MethodHandles.Lookup lookup, Class<?> javaType) {
        return exported(lookup, javaType).bind(instance.state(0));
    }

    /**
     * Makes the code of an exported interface, unless it is there. A thread that needs what another is making waits for it.
     *
     * @throws ComponentException if it is not exported or does not fit
     */
    public ExportPlan exported(MethodHandles.Lookup lookup, Class<?> javaType) {
        return bound.computeIfAbsent(javaType, type -> compile(lookup, type));
    }

    /** Any function among the exports, for callers that pass {@link infrarust.wasm.component.value.Value}s. */
    public FunctionPlan function(Item.LiftedFunction function) {
        return function(function, true);
    }

    /** As {@link #function}, for guests of another component. */
    FunctionPlan functionForGuests(Item.LiftedFunction function) {
        return function(function, false);
    }

    private FunctionPlan function(Item.LiftedFunction function, boolean values) {
        FunctionKey key = new FunctionKey(function, values);
        FunctionPlan known = functions.get(key);
        if (known == null) {
            LiftedFunction lifted = plan.lifted().get(function.index());
            ValueMapper mapper = values ? ValueMapper.ofValues() : ValueMapper.betweenGuests();
            known = FunctionPlan.compile(handles, lifted.with(mapper.function("", lifted.type())), plan.resources());
            functions.put(key, known);
        }
        return known;
    }

    private ExportPlan compile(MethodHandles.Lookup lookup, Class<?> javaType) {
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
                    plan.resources().get(type)));
        });
        return ExportPlan.compile(handles, lookup, javaType, functions, guestResources);
    }

    /** Finds the guest's function for each Java method of one exported interface. */
    private static final class ExportBinder {

        private final LinkPlan plan;
        private final String instance;
        private final LinkPlan.ExportedInstance exported;
        private final TypeMapper mapper;

        ExportBinder(LinkPlan plan, String instance, LinkPlan.ExportedInstance exported, TypeMapper mapper) {
            this.plan = plan;
            this.instance = instance;
            this.exported = exported;
            this.mapper = mapper;
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
            FunctionMapping mapping = FunctionMapping.of(
                    mapper, name, lifted.type(), method, false, "export of " + InterfaceName.function(instance, name));
            return lifted.with(mapping);
        }
    }
}
