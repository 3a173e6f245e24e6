/** What it costs to ask who is there, who is kept out, and who may do what. */
@NullMarked
package infrarust.benchmarks.access;

import org.jspecify.annotations.NullMarked;
