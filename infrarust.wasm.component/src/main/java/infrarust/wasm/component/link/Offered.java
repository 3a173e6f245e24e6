package infrarust.wasm.component.link;

import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.HostResource;
import infrarust.wasm.spi.CoreModule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One thing among the offers, whoever offers it. */
sealed interface Offered {

    /** What messages call it. */
    String kind();

    /**
     * A function.
     *
     * @param type its type, unless it takes what comes
     * @param instance the instance that the resources in its type belong to, if it has a type
     */
    record Function(Optional<FunctionType> type, Optional<RunningComponent> instance) implements Offered {
        @Override
        public String kind() {
            return "a function";
        }
    }

    /**
     * A resource.
     *
     * @param identity equal for equal resources, whatever way they came
     * @param destructor what happens to an object that a guest drops
     */
    record Resource(Object identity, Consumer<Object> destructor) implements Offered {
        @Override
        public String kind() {
            return "a resource";
        }
    }

    /** A value type. */
    record Value(WitType type, RunningComponent instance) implements Offered {
        @Override
        public String kind() {
            return "a type";
        }
    }

    /** An instance. */
    record Instance(Members members) implements Offered {
        @Override
        public String kind() {
            return "an instance";
        }
    }

    /** A core module that an instance exports. */
    record Module(CoreModule module) implements Offered {
        @Override
        public String kind() {
            return "a core module";
        }
    }

    /** A core module that is not compiled yet. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record ModuleBytes(byte[] wasm) implements Offered {
        @Override
        public String kind() {
            return "a core module";
        }
    }

    /** A component. */
    record Component(Item.Component component) implements Offered {
        @Override
        public String kind() {
            return "a component";
        }
    }

    /** What an instance has under a name. */
    interface Members {
        Optional<Offered> member(String name);
    }

    /** What somebody offers. Typed Java objects are checked function by function when they are linked, and are nothing here. */
    static Optional<Offered> of(Offer offer) {
        return switch (offer) {
            case Offer.Typed _ -> Optional.empty();
            case Offer.Host(String _, HostInterface members) -> Optional.of(new Instance(members(members)));
            case Offer.Guest(String _, RunningComponent instance, Map<String, Item> exports) ->
                Optional.of(new Instance(members(instance, exports)));
            case Offer.Definition(String _, Item.Component component) -> Optional.of(new Component(component));
        };
    }

    private static Members members(HostInterface host) {
        return name -> {
            HostResource resource = host.resources().get(name);
            if (resource != null) {
                return Optional.of(new Resource(resource, resource.destructor()));
            }
            if (host.functions().containsKey(name)) {
                return Optional.of(new Function(Optional.empty(), Optional.empty()));
            }
            if (host.modules().containsKey(name)) {
                return Optional.of(new ModuleBytes(host.modules().get(name)));
            }
            return Optional.ofNullable(host.instances().get(name)).map(inner -> new Instance(members(inner)));
        };
    }

    private static Members members(RunningComponent instance, Map<String, Item> exports) {
        return name -> Optional.ofNullable(exports.get(name)).flatMap(item -> of(instance, item));
    }

    private static Optional<Offered> of(RunningComponent instance, Item item) {
        return switch (item) {
            case Item.Function function ->
                Optional.of(new Function(Optional.of(function.type()), Optional.of(instance)));
            case Item.Resource(var type) -> Optional.of(instance.offered(type));
            case Item.Value(var type) -> Optional.of(new Value(type, instance));
            case Item.Instance(var exports) -> Optional.of(new Instance(members(instance, exports)));
            case Item.Module(var module) -> Optional.of(new Module(module));
            case Item.Component component -> Optional.of(new Component(component));
            default -> Optional.empty();
        };
    }

    /** What becomes of an embedder's object when nothing else is said: it is closed if it can be. */
    static void close(Object object) {
        if (!(object instanceof AutoCloseable closeable)) {
            return;
        }
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing a resource failed", e);
        }
    }
}
