/**
 * What can the operator do at the terminal? Keys, or lines of a pipe, flow in and go to {@code command} as lines; answers and log
 * lines flow out, kept apart from what is being typed. Knows {@code command} and {@code service}.
 */
@NullMarked
package infrarust.proxy.console;

import org.jspecify.annotations.NullMarked;
