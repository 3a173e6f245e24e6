package infrarust.wasm.component.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an embedder offers under one name, by the names of its members: functions, resources, instances within the instance, core
 * modules. Functions of resources have the names that WIT gives them: {@code [constructor]player}, {@code [method]player.send},
 * {@code [static]player.find}. Collected by one thread before it is offered, immutable from then on.
 */
public final class HostInterface {

    private final Map<String, HostFunction> functions = new LinkedHashMap<>();
    private final Map<String, HostResource> resources = new LinkedHashMap<>();
    private final Map<String, HostInterface> instances = new LinkedHashMap<>();
    private final Map<String, byte[]> modules = new LinkedHashMap<>();

    /** Offers nothing yet. */
    public HostInterface() {
        // Members come by name.
    }

    /** Offers a function. What its type is, the guest says; arguments come as it declares them. */
    public HostInterface function(String name, HostFunction function) {
        functions.put(name, function);
        return this;
    }

    /** Offers a resource type. */
    public HostInterface resource(String name, HostResource resource) {
        resources.put(name, resource);
        return this;
    }

    /** Offers an instance within this one. */
    public HostInterface instance(String name, HostInterface instance) {
        instances.put(name, instance);
        return this;
    }

    /** Offers a core module in the binary format. */
    public HostInterface module(String name, byte[] wasm) {
        modules.put(name, wasm.clone());
        return this;
    }

    /** The functions by name. */
    public Map<String, HostFunction> functions() {
        return Collections.unmodifiableMap(functions);
    }

    /** The resource types by name. */
    public Map<String, HostResource> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** The inner instances by name. */
    public Map<String, HostInterface> instances() {
        return Collections.unmodifiableMap(instances);
    }

    /** The core modules by name; the arrays must not be changed. */
    public Map<String, byte[]> modules() {
        return Collections.unmodifiableMap(modules);
    }
}
