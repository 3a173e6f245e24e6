/**
 * What can the operator see? Counters and start-up times. Knows no other room.
 */
@NullMarked
package infrarust.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
