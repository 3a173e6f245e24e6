/**
 * The front door: compile a component, link it with hosts, instantiate it, bind its exports to Java interfaces.
 * Bytes and Java objects flow in, bound instances flow out. It calls every other package of this module.
 */
@NullMarked
package infrarust.wasm.component;

import org.jspecify.annotations.NullMarked;
