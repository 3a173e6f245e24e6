/**
 * Who hears of it, in which order, how long may they take? Subscriptions and fired events flow in; each event flows, one
 * listener after the other, on virtual threads, and the caller is told when all have dealt with it. Nothing here blocks the
 * thread that fires. Knows only API types.
 */
@NullMarked
package infrarust.proxy.event;

import org.jspecify.annotations.NullMarked;
