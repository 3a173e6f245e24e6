/**
 * What a frame costs on its way through the proxy: walked over, or taken out, inflated, and framed anew. The data path of every
 * player in {@code offline} mode.
 */
@NullMarked
package infrarust.benchmarks.frame;

import org.jspecify.annotations.NullMarked;
