/**
 * Which Java type stands for which WIT type? Compares the two, piece by piece, and answers with the handles that take a Java
 * value apart and put it together, or with one sentence that names the function, the place in it and both types. Reflection
 * happens here and where code is generated, never in a call. Calls {@code bind}, {@code value} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.mapping;

import org.jspecify.annotations.NullMarked;
