/**
 * What a call into a guest costs, for each kind of value: through the component layer, by the same core functions called through
 * the engine with lifting and lowering written by hand, and in plain Java. The difference of the first two is the layer's own.
 */
@NullMarked
package infrarust.benchmarks.call;

import org.jspecify.annotations.NullMarked;
