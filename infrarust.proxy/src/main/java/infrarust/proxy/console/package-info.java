/**
 * What can the operator do at the terminal? Knows {@code service}.
 */
@NullMarked
package infrarust.proxy.console;

import org.jspecify.annotations.NullMarked;
