package infrarust.wasm.component.link;

/** The modules and components that a component imports, which have to be there before it can be resolved. */
public interface Externals {

    /**
     * The core module that an import means.
     *
     * @throws Missing if modules are not known yet
     * @throws infrarust.wasm.component.type.ComponentException if nobody offers it
     */
    Item.Module module(Item.Origin origin);

    /**
     * The component that an import means.
     *
     * @throws Missing if components are not known yet
     * @throws infrarust.wasm.component.type.ComponentException if nobody offers it
     */
    Item.Component component(Item.Origin origin);

    /** What is known before there are offers. */
    Externals UNKNOWN = new Externals() {
        @Override
        public Item.Module module(Item.Origin origin) {
            throw new Missing(origin);
        }

        @Override
        public Item.Component component(Item.Origin origin) {
            throw new Missing(origin);
        }
    };

    /** A component can only be resolved when it is instantiated. */
    final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(Item.Origin origin) {
            super(origin.name(), null, false, false);
        }
    }
}
