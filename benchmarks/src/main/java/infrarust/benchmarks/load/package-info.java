/**
 * What it takes to load a component of 157 KB (Rust with its standard library; 137 KB of core code): in a JVM that has just
 * started and in a warm one, compiled and from the code cache, and the heap that one more instance takes.
 */
@NullMarked
package infrarust.benchmarks.load;

import org.jspecify.annotations.NullMarked;
