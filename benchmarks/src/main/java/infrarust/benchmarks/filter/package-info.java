/**
 * What one codec-filter call costs that lets the packet pass: through the component layer, by the same core functions called by
 * hand through the engine, and in plain Java. The difference of the first two is the price of lifting and lowering, that of the
 * last two the price of the sandbox.
 */
@NullMarked
package infrarust.benchmarks.filter;

import org.jspecify.annotations.NullMarked;
