/**
 * What does the file say? Turns the bytes of a component into a definition, section by section, with the byte offset in
 * every error. Calls {@code type}.
 */
@NullMarked
package infrarust.wasm.component.binary;

import org.jspecify.annotations.NullMarked;
