/**
 * How do bytes get in and out? Transport choice, listener, backend connector, relay and splice. Runs per packet: no
 * allocation, boxing, reflection, lock or log there. Knows no other room.
 */
@NullMarked
package infrarust.proxy.net;

import org.jspecify.annotations.NullMarked;
