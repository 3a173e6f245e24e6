package infrarust.wasm.component;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.mapping.Provider;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * What an embedder offers to components: host objects, each under the {@link WitInterface} of its Java type. An offer may hold
 * more interfaces, and each interface more functions, than a component imports. Collected by one thread, then used any number
 * of times; instances keep the offer as it was when they were made.
 */
public final class Imports {

    private final MethodHandles.Lookup lookup;
    private final List<Provider> providers = new ArrayList<>();

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
        providers.add(new Provider(lookup, type, implementation));
        return this;
    }

    /** The same offer, to be extended without changing this one. */
    public Imports copy() {
        Imports copy = new Imports(lookup);
        copy.providers.addAll(providers);
        return copy;
    }

    MethodHandles.Lookup lookup() {
        return lookup;
    }

    List<Provider> providers() {
        return List.copyOf(providers);
    }
}
