/**
 * Running things later or again and again: {@link infrarust.api.scheduler.Scheduler}.
 */
@NullMarked
package infrarust.api.scheduler;

import org.jspecify.annotations.NullMarked;
