/**
 * A component as a plugin. Files flow in, plugins like any other flow out: {@link infrarust.proxy.wasm.WasmPluginLoader}
 * finds and checks them, {@link infrarust.proxy.wasm.PluginActor} is the one thread that calls a plugin, {@link
 * infrarust.proxy.wasm.CapabilityGate} says what it may call. What a version of the plugin contract looks like is behind
 * {@link infrarust.proxy.wasm.PluginContract}, in a package of its own. Knows {@code config}, {@code plugin}, {@code event},
 * {@code service} and the component layer.
 */
@NullMarked
package infrarust.proxy.wasm;

import org.jspecify.annotations.NullMarked;
