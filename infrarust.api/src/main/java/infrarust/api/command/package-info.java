/**
 * Commands that players and the console give to the proxy, whatever server the players are on. {@link
 * infrarust.api.command.Commands} says how names are taken, {@link infrarust.api.command.Command} which thread runs what, {@link
 * infrarust.api.command.Argument} how arguments are declared.
 */
@NullMarked
package infrarust.api.command;

import org.jspecify.annotations.NullMarked;
