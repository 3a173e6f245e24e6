/**
 * Commands that players give to the proxy, whatever server they are on. {@link infrarust.api.command.Commands} says how names
 * are taken, {@link infrarust.api.command.Command} which thread runs what.
 */
@NullMarked
package infrarust.api.command;

import org.jspecify.annotations.NullMarked;
