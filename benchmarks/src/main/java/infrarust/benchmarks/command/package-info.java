/** What it costs to find, read and run a command. */
@NullMarked
package infrarust.benchmarks.command;

import org.jspecify.annotations.NullMarked;
