/**
 * The application: reads the command line and wires the rooms. Every other package is a room that answers one question;
 * this is the only one that knows them all.
 */
@NullMarked
package infrarust.proxy;

import org.jspecify.annotations.NullMarked;
