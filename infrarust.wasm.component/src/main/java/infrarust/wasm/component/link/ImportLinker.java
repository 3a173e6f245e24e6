package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.canon.ExportPlan;
import infrarust.wasm.component.canon.ImportPlan;
import infrarust.wasm.component.link.LinkPlan.LiftedFunction;
import infrarust.wasm.component.link.LinkPlan.LoweredFunction;
import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.mapping.HostCalls;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.mapping.TypeMapper;
import infrarust.wasm.component.mapping.ValueMapper;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Joins each function that core modules import with whoever serves it. Used by one thread, for one {@link Linkage}. */
final class ImportLinker {

    private final LinkPlan plan;
    private final Map<String, Offer> offers;
    private final List<String> order;
    private final Map<ResourceType, Class<?>> resources;
    private final Map<MethodHandles.Lookup, TypeMapper> mappers = new HashMap<>();
    private final ValueMapper guests = ValueMapper.betweenGuests();
    private final ValueMapper values = ValueMapper.ofValues();

    /**
     * Starts linking.
     *
     * @param resources the Java types of imported resources
     */
    ImportLinker(LinkPlan plan, Map<String, Offer> offers, Map<ResourceType, Class<?>> resources) {
        this.plan = plan;
        this.offers = offers;
        this.order = List.copyOf(offers.keySet());
        this.resources = resources;
    }

    ImportPlan.Function function(LoweredFunction lowered) {
        return switch (lowered.function()) {
            case Item.LiftedFunction(int index, FunctionType type) -> guest(index, type, lowered);
            case Item.ImportedFunction(Item.Origin origin, FunctionType type) -> imported(origin, type, lowered);
            case Item.TaskReturn(FunctionType type) ->
                new ImportPlan.Function.TaskReturn(guests.function("", type), lowered.options());
        };
    }

    private ImportPlan.Function guest(int index, FunctionType type, LoweredFunction lowered) {
        LiftedFunction lifted = plan.lifted().get(index);
        ExportPlan.GuestFunction callee = lifted.with(guests.function("", lifted.type()));
        Set<ResourceType> defined = plan.resources().entrySet().stream()
                .filter(entry -> entry.getValue().scope() == lifted.scope())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new ImportPlan.Function.Guest(guests.function("", type), callee, defined, lowered.options());
    }

    private ImportPlan.Function imported(Item.Origin origin, FunctionType type, LoweredFunction lowered) {
        String place = InterfaceName.function(origin);
        Offer offer = offers.get(origin.instance());
        int host = order.indexOf(origin.instance());
        return switch (offer) {
            case Offer.Typed(Provider provider) -> typed(origin, type, provider, host, lowered);
            case Offer.Host _ -> {
                List<String> path = new ArrayList<>(origin.path());
                path.add(origin.name());
                FunctionMapping mapping = values.function(origin.name(), type);
                yield new ImportPlan.Function.Host(
                        mapping, HostCalls.handle(List.copyOf(path), mapping), host, lowered.options());
            }
            case Offer.Guest(String _, RunningComponent instance, Map<String, Item> exports) -> {
                MethodHandle handle = instance.linkage()
                        .functionForGuests(find(exports, origin))
                        .handle();
                yield new ImportPlan.Function.Host(
                        guests.function(origin.name(), type),
                        new DeferredHandle(handle.type(), () -> handle),
                        host,
                        lowered.options());
            }
            case null, default ->
                throw new ComponentException("the component imports " + place + ", which this host does not offer");
        };
    }

    private static Item.LiftedFunction find(Map<String, Item> exports, Item.Origin origin) {
        Map<String, Item> members = exports;
        for (String name : origin.path()) {
            members = members.get(name) instanceof Item.Instance(Map<String, Item> inner) ? inner : Map.of();
        }
        return switch (members.get(origin.name())) {
            case Item.LiftedFunction function -> function;
            case null, default ->
                throw new ComponentException("the component imports " + InterfaceName.function(origin)
                        + ", which the offered instance has not itself; offer what it imports");
        };
    }

    private ImportPlan.Function typed(
            Item.Origin origin, FunctionType type, Provider provider, int host, LoweredFunction lowered) {
        String place = InterfaceName.function(origin);
        if (!origin.path().isEmpty()) {
            throw new ComponentException("the component imports " + place + ", but "
                    + provider.type().getName() + " has no instances within it");
        }
        TypeMapper mapper = mappers.computeIfAbsent(
                provider.lookup(), l -> new TypeMapper(l, r -> Optional.ofNullable(resources.get(r))));
        Class<?> receiver = receiver(origin, provider, place);
        Method method = FunctionMapping.find(receiver, origin.name())
                .orElseThrow(() -> new ComponentException(
                        "the component imports " + place + ", for which " + receiver.getName() + " has no method"));
        FunctionMapping mapping = FunctionMapping.of(mapper, origin.name(), type, method, true, "import of " + place);
        return new ImportPlan.Function.Host(mapping, mapping.erasedHandle(provider.lookup()), host, lowered.options());
    }

    private static Class<?> receiver(Item.Origin origin, Provider provider, String place) {
        Optional<String> resource = FunctionMapping.resourceOf(origin.name());
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
}
