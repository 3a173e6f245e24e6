/**
 * May this connection go on? Reads the handshake of each accepted connection, applies the limits that hold before
 * authentication, asks the plugins that want to be asked, and hands it to the room that serves it. Knows {@code event}, {@code
 * service}, {@code routing}, {@code protocol}, {@code net}, and {@code filter}, whose transport filters a connection meets first.
 */
@NullMarked
package infrarust.proxy.gate;

import org.jspecify.annotations.NullMarked;
