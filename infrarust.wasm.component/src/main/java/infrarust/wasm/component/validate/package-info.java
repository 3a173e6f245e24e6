/**
 * Is the component valid? Walks once over what {@code binary} decoded, with the types of everything and nothing that runs, and
 * throws the first rule that is broken, in one sentence with the byte offset. Rules: Component Model, Binary.md, Explainer.md
 * ("Type Checking", "Import and Export Definitions") and CanonicalABI.md ("Canonical Definitions").
 *
 * <p>This runs each time that a component is loaded, in a JVM that has run little before: no streams, no lambdas, no regular
 * expressions. Work is counted ({@link infrarust.wasm.component.validate.Effort}), so that a small file cannot ask for much.
 */
@NullMarked
package infrarust.wasm.component.validate;

import org.jspecify.annotations.NullMarked;
