/**
 * A component as a plugin: contract bindings, capability gates, the actor that owns the instance. Knows {@code plugin}
 * and the component layer.
 */
@NullMarked
package infrarust.proxy.wasm;

import org.jspecify.annotations.NullMarked;
