/**
 * What a Java embedder writes beside his own types: annotations that name WIT interfaces, resources and functions, and the few
 * types that Java lacks ({@link infrarust.wasm.component.bind.Result}, {@link infrarust.wasm.component.bind.GuestResource}).
 * The table of Java and WIT types is at {@link infrarust.wasm.component.bind.WitInterface}. Calls nothing.
 */
@NullMarked
package infrarust.wasm.component.bind;

import org.jspecify.annotations.NullMarked;
