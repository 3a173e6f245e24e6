package infrarust.proxy.wasm;

import infrarust.api.PluginMetadata;
import infrarust.proxy.config.Capability;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import java.util.Optional;

/** One version of the plugin contract. Immutable. */
public interface PluginContract {

    /** The package of all versions. */
    String PACKAGE = "infrarust:plugin/";

    /** The version, for example {@code 0.2.3}. */
    String version();

    /** Whether plugins may import functions of this interface. */
    boolean offers(String interfaceName);

    /**
     * The capability that a function needs, if any.
     *
     * @param interfaceName without package and version, for example {@code event-bus}
     * @param function as in the contract, for example {@code [method]player.send-message}
     */
    Optional<Capability> needs(String interfaceName, String function);

    /** Makes the adapter of one instance. */
    Adapter adapt(GuestHost host);

    /** Stands between one instance and the proxy's services. Used on the thread of the plugin's actor. */
    interface Adapter {

        /** Adds this contract's interfaces. */
        void offer(Imports imports);

        /**
         * Does what of {@link #bind} needs no instance. On any thread, also while the instance is made on another.
         *
         * @throws infrarust.wasm.component.type.ComponentException as that would
         */
        void prepare(Component component, Imports imports);

        /**
         * Joins the adapter with the instance that was made with its imports, and checks that the instance exports what the
         * contract wants.
         *
         * @throws infrarust.wasm.component.type.ComponentException if it does not
         */
        void bind(ComponentInstance instance, boolean exportsCodecFilter);

        /**
         * Asks the plugin who it is.
         *
         * @throws PluginRefusedException if what it says is not allowed
         */
        PluginMetadata metadata() throws PluginRefusedException;

        /** Starts the plugin; answers what went wrong, if anything. */
        Optional<String> enable();

        /** Stops the plugin; answers what went wrong, if anything. */
        Optional<String> disable();
    }
}
