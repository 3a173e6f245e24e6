/**
 * Where is kept what must survive the process? Work on the embedded database flows in; its results flow out once nothing
 * can lose them any more. Knows no other room.
 */
@NullMarked
package infrarust.proxy.store;

import org.jspecify.annotations.NullMarked;
