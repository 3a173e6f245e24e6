/**
 * What does the file say? Turns the bytes of a component into definitions, section by section, with the byte offset in every
 * error. Only the grammar is checked here; what the indices mean is for {@code link}. Calls {@code type}.
 */
@NullMarked
package infrarust.wasm.component.binary;

import org.jspecify.annotations.NullMarked;
