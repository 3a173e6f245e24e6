/** What it costs to fire an event: while nobody listens, and with listeners that have nothing to do. */
@NullMarked
package infrarust.benchmarks.event;

import org.jspecify.annotations.NullMarked;
