/**
 * The WASI 0.2 interfaces that real {@code wasm32-wasip2} components import, as host objects that an embedder may replace or
 * withhold: {@link infrarust.wasm.component.wasi.Wasi} is the front door, the {@code Wasi…} classes hold the Java forms of the
 * WIT packages {@code wasi:io}, {@code wasi:cli}, {@code wasi:clocks}, {@code wasi:random}, {@code wasi:filesystem}, {@code
 * wasi:sockets} and {@code wasi:http}. Calls {@code bind} and the offer of imports. Sockets and HTTP are there for what imports
 * them without need, and refuse.
 *
 * <p>A guest sees no environment, no arguments, no terminal, an empty standard input, and one directory at most. Whatever it
 * says to standard output reaches the embedder in lines of bounded length. No read, write or wait that it asks for is
 * unbounded.
 */
@NullMarked
package infrarust.wasm.component.wasi;

import org.jspecify.annotations.NullMarked;
