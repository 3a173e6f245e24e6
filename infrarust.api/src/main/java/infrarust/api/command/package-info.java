/**
 * Commands that players and the console give to the proxy, whatever server the player is on. {@link
 * infrarust.api.command.Commands} says how names are taken and which thread runs what.
 */
@NullMarked
package infrarust.api.command;

import org.jspecify.annotations.NullMarked;
