/**
 * Golden vectors: the bytes of packets as code of other projects writes them, held against the proxy's layouts in every
 * version. The vectors are resources, written by {@code e2e/golden/generate}; a packet is one entry in
 * {@link infrarust.proxy.protocol.golden.GoldenPackets} and one in the generator.
 */
@NullMarked
package infrarust.proxy.protocol.golden;

import org.jspecify.annotations.NullMarked;
