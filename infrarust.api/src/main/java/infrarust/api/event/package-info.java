/**
 * What happens in the proxy, and how a plugin hears of it. An event is a small final class; one whose outcome a listener
 * can change carries a sealed {@code Result}. {@link infrarust.api.event.EventBus} says in which order and on which
 * threads listeners run.
 */
@NullMarked
package infrarust.api.event;

import org.jspecify.annotations.NullMarked;
