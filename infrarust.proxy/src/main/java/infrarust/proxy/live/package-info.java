/**
 * Which configuration holds now, and what does a new one change? Read files and documents of plugins flow in; a snapshot flows
 * out, swapped as a whole after everything that goes by it has said that it can follow. Also what plugins and operators may ask
 * and do about configuration, servers and addresses. Knows {@code config}, {@code routing}, {@code gate}, {@code event}, {@code
 * command} and {@code service}.
 */
@NullMarked
package infrarust.proxy.live;

import org.jspecify.annotations.NullMarked;
