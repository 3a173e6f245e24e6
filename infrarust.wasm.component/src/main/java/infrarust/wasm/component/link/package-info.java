/**
 * Turns a definition into an instance: core modules through the SPI, lowered and lifted functions, aliases, nested
 * components, the shim and fixup shape that wit-component emits. Calls {@code canon} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.link;

import org.jspecify.annotations.NullMarked;
