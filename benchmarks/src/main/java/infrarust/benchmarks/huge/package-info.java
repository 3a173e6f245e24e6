/**
 * Whether HotSpot should compile methods of more than 8,000 bytes of bytecode ({@code -XX:-DontCompileHugeMethods}), which it
 * leaves to its interpreter by default. Chicory makes such methods: the dispatch by function index, indirect calls among many
 * functions of one type, large functions; and its own interpreter is one, which runs functions too large for the JVM.
 */
@NullMarked
package infrarust.benchmarks.huge;

import org.jspecify.annotations.NullMarked;
