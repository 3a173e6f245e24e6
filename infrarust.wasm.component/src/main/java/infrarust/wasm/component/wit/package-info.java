/**
 * How does a component read as WIT? Turns the type of a validated component into the text that people write: packages with
 * interfaces, and a world that imports and exports them. Rules: Component Model, WIT.md. Called by {@link
 * infrarust.wasm.component.Wit}; calls {@code validate}.
 */
@NullMarked
package infrarust.wasm.component.wit;

import org.jspecify.annotations.NullMarked;
