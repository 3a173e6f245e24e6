/**
 * Who hears of it, in which order, how long may they take? The event bus behind the API. Knows only API types.
 */
@NullMarked
package infrarust.proxy.event;

import org.jspecify.annotations.NullMarked;
