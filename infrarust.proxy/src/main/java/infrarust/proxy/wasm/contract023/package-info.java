/**
 * The plugin contract {@code infrarust:plugin@0.2.3}: its interfaces and types as Java, in the order and with the names of
 * the contract, and the adapter that joins them to the services of the proxy, which know no version. Everything that is
 * particular to this version is here and nowhere else: texts as JSON strings, errors as {@code player-error}, listener
 * handles. Another version of the contract is a sibling of this package.
 *
 * <p>Calls of the guest arrive on the thread of the plugin's actor, one at a time.
 */
@NullMarked
package infrarust.proxy.wasm.contract023;

import org.jspecify.annotations.NullMarked;
