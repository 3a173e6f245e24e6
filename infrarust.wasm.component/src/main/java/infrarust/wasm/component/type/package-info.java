/**
 * The WIT types: values, functions, instances, components, resources; and their spelling as WIT. Calls nothing.
 */
@NullMarked
package infrarust.wasm.component.type;

import org.jspecify.annotations.NullMarked;
