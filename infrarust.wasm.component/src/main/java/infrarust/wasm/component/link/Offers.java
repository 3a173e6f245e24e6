package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The offers that serve a component's imports, checked against them. Used by one thread, for one instantiation. */
public final class Offers {

    private final Map<String, Offer> selected;
    private final Map<ResourceType, Object> identities = new HashMap<>();

    private Offers(Map<String, Offer> selected) {
        this.selected = selected;
    }

    /** Chooses who serves each import; later offers go first. What nobody offers is absent. */
    public static Offers select(Iterable<String> importNames, List<Offer> offered) {
        Map<String, Offer> selected = new LinkedHashMap<>();
        for (String name : importNames) {
            Offer.find(offered, name).ifPresent(offer -> selected.put(name, offer));
        }
        Offer.find(offered, WitInterface.ROOT).ifPresent(offer -> selected.put(WitInterface.ROOT, offer));
        return new Offers(selected);
    }

    /** By the name of the import, in the component's order. */
    public Map<String, Offer> selected() {
        return selected;
    }

    /**
     * Checks that everything imported is offered and is of the right kind and type, as far as its types are known before it is
     * linked.
     *
     * @throws ComponentException if it is not
     */
    public void check(LinkPlan plan) {
        plan.importedItems().forEach((name, item) -> {
            boolean instance = item instanceof Item.Instance;
            Optional<Offer> offer = Optional.ofNullable(selected.get(instance ? name : WitInterface.ROOT));
            if (offer.filter(Offer.Typed.class::isInstance).isEmpty()) {
                Optional<Offered> found = instance ? offer.flatMap(Offered::of) : member(offer, name);
                if (instance && found.isEmpty()) {
                    found = member(Optional.ofNullable(selected.get(WitInterface.ROOT)), name);
                }
                if (!instance && found.isEmpty()) {
                    found = Optional.ofNullable(selected.get(name)).flatMap(Offered::of);
                }
                check(item, found, instance ? name : "'" + name + "'");
            }
        });
    }

    private static Optional<Offered> member(Optional<Offer> offer, String name) {
        return offer.flatMap(Offered::of).flatMap(o -> member(o, name));
    }

    private static Optional<Offered> member(Offered offered, String name) {
        return offered instanceof Offered.Instance(Offered.Members members) ? members.member(name) : Optional.empty();
    }

    private void check(Item wanted, Optional<Offered> found, String place) {
        switch (wanted) {
            case Item.ImportedFunction(Item.Origin origin, FunctionType type) -> {
                Offered.Function function =
                        require(found, Offered.Function.class, "a function", InterfaceName.function(origin));
                if (function.type().isPresent()
                        && !new TypeMatch(identities, function.instance().orElseThrow())
                                .same(type, function.type().get())) {
                    throw new ComponentException("the component imports " + InterfaceName.function(origin) + " as "
                            + type + ", but it is offered as "
                            + function.type().get());
                }
            }
            // A second name of a resource that is known already need not be offered.
            case Item.Resource(ResourceType type) when found.isEmpty() && identities.containsKey(type) -> {}
            case Item.Resource(ResourceType type) -> {
                Object identity = require(found, Offered.Resource.class, "a resource", place)
                        .identity();
                if (!identities.computeIfAbsent(type, _ -> identity).equals(identity)) {
                    throw new ComponentException("the component imports " + place
                            + " as the same resource as another, but two different ones are offered");
                }
            }
            case Item.Value(var type) ->
                found.ifPresent(_ -> {
                    Offered.Value value = require(found, Offered.Value.class, "a type", place);
                    if (!new TypeMatch(identities, value.instance()).same(type, value.type())) {
                        throw new ComponentException("the component imports the type " + place + " as " + type
                                + ", but it is offered as " + value.type());
                    }
                });
            case Item.Instance(Map<String, Item> exports) -> {
                if (found.isPresent()) {
                    require(found, Offered.Instance.class, "an instance", place);
                }
                // Nobody has to offer an instance without functions and resources.
                exports.forEach(
                        (name, item) -> check(item, found.flatMap(o -> member(o, name)), "'" + name + "' of " + place));
            }
            default -> {
                // Modules and components were found before the plan could be made; other types say nothing by
                // themselves.
            }
        }
    }

    private static <T> T require(Optional<Offered> found, Class<T> kind, String words, String place) {
        Offered offered = found.orElseThrow(
                () -> new ComponentException("the component imports " + place + ", which this host does not offer"));
        if (!kind.isInstance(offered)) {
            throw new ComponentException(
                    "the component imports " + place + " as " + words + ", but it is offered as " + offered.kind());
        }
        return kind.cast(offered);
    }

    /** What stands for an imported resource, equal to that of an equal one; known once imports are checked. */
    Map<ResourceType, Object> identities() {
        return identities;
    }

    /** What happens when a guest drops an object of an imported resource. */
    Map<ResourceType, Consumer<Object>> destructors(LinkPlan plan) {
        Map<ResourceType, Consumer<Object>> destructors = new HashMap<>();
        plan.importedResources()
                .forEach((type, origin) -> destructors.put(
                        type,
                        find(origin)
                                .filter(Offered.Resource.class::isInstance)
                                .map(o -> ((Offered.Resource) o).destructor())
                                .orElse(Offered::close)));
        return destructors;
    }

    private Optional<Offered> find(Item.Origin origin) {
        Optional<Offered> found =
                Optional.ofNullable(selected.get(origin.instance())).flatMap(Offered::of);
        for (String name : origin.path()) {
            found = found.flatMap(o -> member(o, name));
        }
        Optional<Offered> member = found.flatMap(o -> member(o, origin.name()));
        boolean root = origin.instance().equals(WitInterface.ROOT);
        // A module or component that is offered by itself serves the import of its name.
        return root && member.isEmpty()
                ? Optional.ofNullable(selected.get(origin.name())).flatMap(Offered::of)
                : member;
    }

    /** The modules and components among the offers. */
    public Externals externals(CoreEngine engine) {
        return new Externals() {
            @Override
            public Item.Module module(Item.Origin origin) {
                String place = InterfaceName.function(origin);
                return switch (found(origin)) {
                    case Offered.Module(CoreModule module) -> new Item.Module(module);
                    case Offered.ModuleBytes(byte[] wasm) -> new Item.Module(compile(wasm, place));
                    case Offered other -> throw mismatch(place, "a core module", other);
                };
            }

            @Override
            public Item.Component component(Item.Origin origin) {
                return switch (found(origin)) {
                    case Offered.Component(Item.Component component) -> component;
                    case Offered other -> throw mismatch(InterfaceName.function(origin), "a component", other);
                };
            }

            private Offered found(Item.Origin origin) {
                return find(origin)
                        .orElseThrow(() -> new ComponentException("the component imports "
                                + InterfaceName.function(origin) + ", which this host does not offer"));
            }

            private CoreModule compile(byte[] wasm, String place) {
                try {
                    return engine.compile(wasm);
                } catch (CoreModuleException e) {
                    throw new ComponentException("the offered core module " + place + " cannot be used", e);
                }
            }

            private ComponentException mismatch(String place, String words, Offered other) {
                return new ComponentException(
                        "the component imports " + place + " as " + words + ", but it is offered as " + other.kind());
            }
        };
    }
}
