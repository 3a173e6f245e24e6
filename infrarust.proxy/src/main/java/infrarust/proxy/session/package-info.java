/**
 * The life of a player whose protocol we terminate: the bridge between client and backend. Runs per packet. Knows
 * {@code protocol}, {@code event}, {@code filter}, {@code service}, {@code net}.
 */
@NullMarked
package infrarust.proxy.session;

import org.jspecify.annotations.NullMarked;
