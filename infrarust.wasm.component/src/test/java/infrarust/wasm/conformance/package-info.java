/**
 * Does this implementation behave as the Component Model's own tests say? Reads tests that were converted from the .wast form,
 * runs them through the public API as an embedder would, and counts. Started by the script {@code conformance} of this module.
 */
@NullMarked
package infrarust.wasm.conformance;

import org.jspecify.annotations.NullMarked;
