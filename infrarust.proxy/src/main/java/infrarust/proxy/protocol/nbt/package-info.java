/**
 * NBT as it lies in packets: values ({@link infrarust.proxy.protocol.nbt.Tag}), and their bounded writing and reading
 * ({@link infrarust.proxy.protocol.nbt.NetworkNbt}). For the few packets that the proxy itself makes or understands; never
 * on the path of a packet that only passes.
 */
@NullMarked
package infrarust.proxy.protocol.nbt;

import org.jspecify.annotations.NullMarked;
