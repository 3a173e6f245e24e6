/**
 * Chicory as a core engine: modules compiled to JVM classes of our own loader, a flat memory, interruption that never
 * touches a thread's flag. SPI calls flow in, Chicory calls flow out.
 *
 * <p>A call's way in: {@link infrarust.wasm.chicory.GuestFunction#handle} is a static method of the module's generated gate
 * ({@link infrarust.wasm.chicory.GateWriter}), which passes the guard of {@link infrarust.wasm.chicory.ChicoryStore} and
 * calls the generated function. Nothing on that way allocates, boxes, locks or logs; it runs for each packet.
 *
 * <p>A module's way in: {@link infrarust.wasm.chicory.ChicoryEngine} takes its code from {@link
 * infrarust.wasm.chicory.CodeCache} or from {@link infrarust.wasm.chicory.ModuleCompiler}, and keeps a copy of the module
 * with the function bodies taken out, which is all that instances need.
 */
@NullMarked
package infrarust.wasm.chicory;

import org.jspecify.annotations.NullMarked;
