package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.mapping.Provider;
import infrarust.wasm.component.value.HostInterface;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that an embedder offers to components, and that serves imports of its name. */
public sealed interface Offer {

    /** Whether it serves the import of that name. */
    boolean serves(String importName);

    /** What calls of its functions get as receiver. */
    Object receiver();

    /** Equal for offers that one piece of generated code can serve. */
    Object key();

    /** A Java object with the interface that it implements. */
    record Typed(Provider provider) implements Offer {
        private record TypedKey(Class<?> type, Class<?> lookup) {

            // Written out, since the generated methods are linked at their first use, which costs a cold start
            // milliseconds.

            @Override
            public boolean equals(Object other) {
                return other instanceof TypedKey key && type == key.type && lookup == key.lookup;
            }

            @Override
            public int hashCode() {
                return type.hashCode();
            }
        }

        @Override
        public boolean serves(String importName) {
            return InterfaceName.matches(provider.annotation(), importName);
        }

        @Override
        public Object receiver() {
            return provider.implementation();
        }

        @Override
        public Object key() {
            return new TypedKey(provider.type(), provider.lookup().lookupClass());
        }
    }

    /** Functions and resources by name. */
    record Host(String name, HostInterface members) implements Offer {
        private record HostKey(Set<String> functions, Map<String, HostKey> instances) {
            static HostKey of(HostInterface members) {
                Map<String, HostKey> instances = new LinkedHashMap<>();
                members.instances().forEach((name, inner) -> instances.put(name, of(inner)));
                return new HostKey(Set.copyOf(members.functions().keySet()), instances);
            }
        }

        @Override
        public boolean serves(String importName) {
            return name.equals(importName) || InterfaceName.isCompatible(name, importName);
        }

        @Override
        public Object receiver() {
            return members;
        }

        @Override
        public Object key() {
            return HostKey.of(members);
        }
    }

    /** The exports of an instance of another component. */
    record Guest(String name, RunningComponent instance, Map<String, Item> exports) implements Offer {
        private record GuestKey(Linkage linkage, Map<String, Item> exports) {}

        @Override
        public boolean serves(String importName) {
            return name.equals(importName);
        }

        @Override
        public Object receiver() {
            return instance.state(0);
        }

        @Override
        public Object key() {
            return new GuestKey(instance.linkage(), exports);
        }
    }

    /** A component, for those that import one. */
    record Definition(String name, Item.Component component) implements Offer {
        @Override
        public boolean serves(String importName) {
            return name.equals(importName);
        }

        @Override
        public Object receiver() {
            return this;
        }

        @Override
        public Object key() {
            return this;
        }
    }

    /**
     * The offer that serves an import.
     *
     * @param offered later ones go first
     */
    static Optional<Offer> find(List<Offer> offered, String importName) {
        for (Offer offer : offered.reversed()) {
            if (offer.serves(importName)) {
                return Optional.of(offer);
            }
        }
        for (Offer offer : offered.reversed()) {
            if (offer instanceof Host(String name, HostInterface root)
                    && name.equals(WitInterface.ROOT)
                    && root.instances().containsKey(importName)) {
                return Optional.of(new Host(importName, root.instances().get(importName)));
            }
        }
        return Optional.empty();
    }
}
