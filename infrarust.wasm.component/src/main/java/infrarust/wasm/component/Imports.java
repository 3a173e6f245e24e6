package infrarust.wasm.component;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.link.Item;
import infrarust.wasm.component.link.Offer;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.value.HostInterface;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an embedder offers to components: host objects, each under the {@link WitInterface} of its Java type, and by name what has
 * no Java type: functions and resources, instances of other components, components and core modules. An offer may hold more
 * interfaces, and each interface more functions, than a component imports. Collected by one thread, then used any number of times;
 * instances keep the offer as it was when they were made.
 */
public final class Imports {

    private final MethodHandles.Lookup lookup;
    private final List<Offer> offers = new ArrayList<>();

    private Imports(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Starts an empty offer.
     *
     * @param lookup {@link MethodHandles#lookup()} of the embedder. It must see the interfaces given to {@link #provide} and to
     *     {@link ComponentInstance#bind(Class)} and all types in their methods, so that they need neither be exported nor opened
     *     to this module
     */
    public static Imports with(MethodHandles.Lookup lookup) {
        return new Imports(lookup);
    }

    /**
     * Offers an object. A later offer of the same WIT interface replaces the earlier one.
     *
     * <p>Guests call the object on the thread that calls the guest. An exception that it throws ends the guest's call as {@link
     * infrarust.wasm.spi.CoreTrap.HostFailure} and makes the instance unusable, so failures that the guest should handle belong
     * in a {@code Result}.
     *
     * @param type carries {@link WitInterface}
     * @throws IllegalArgumentException if it does not
     */
    public <T> Imports provide(Class<T> type, T implementation) {
        return provide(lookup, type, implementation);
    }

    /** Offers an object of a type that only another lookup sees. */
    public <T> Imports provide(MethodHandles.Lookup lookup, Class<T> type, T implementation) {
        offers.add(new Offer.Typed(new Provider(lookup, type, implementation)));
        return this;
    }

    /**
     * Offers functions and resources by name, without Java types for them. A later offer of the same name replaces the earlier
     * one.
     *
     * @param name of an interface, such as {@code wasi:io/streams@0.2.0} (compatible versions fit too), or {@link
     *     infrarust.wasm.component.bind.WitInterface#ROOT} for what components import without an interface
     */
    public Imports provide(String name, HostInterface members) {
        offers.add(new Offer.Host(name, members));
        return this;
    }

    /**
     * Offers all that an instance of another component exports, as one instance under a name. It serves the importing instance
     * only as long as it is open, and both must be used by the same thread: a call of one runs into the other. Resources keep
     * their identity.
     */
    public Imports provide(String name, ComponentInstance instance) {
        offers.add(new Offer.Guest(
                name, instance.running(), instance.running().plan().exportedItems()));
        return this;
    }

    /** Offers an instance that another component's instance exports. */
    public Imports provide(String name, ComponentInstance instance, String export) {
        if (!(instance.running().plan().exportedItems().get(export)
                instanceof Item.Instance(Map<String, Item> items))) {
            throw new ComponentException("the component exports no instance '" + export + "'");
        }
        offers.add(new Offer.Guest(name, instance.running(), items));
        return this;
    }

    /** Offers a component to those that import one under that name. */
    public Imports provide(String name, Component component) {
        offers.add(new Offer.Definition(name, component.item()));
        return this;
    }

    /** The same offer, to be extended without changing this one. */
    public Imports copy() {
        Imports copy = new Imports(lookup);
        copy.offers.addAll(offers);
        return copy;
    }

    MethodHandles.Lookup lookup() {
        return lookup;
    }

    List<Offer> offers() {
        return List.copyOf(offers);
    }
}
