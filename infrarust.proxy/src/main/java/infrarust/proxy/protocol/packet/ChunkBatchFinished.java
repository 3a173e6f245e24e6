package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/**
 * The end of a run of chunks that {@link Marker#CHUNK_BATCH_START} began; since 1.20.2.
 *
 * @param chunks how many there were
 */
public record ChunkBatchFinished(int chunks) {

    /** Wire layout. */
    public static final PacketLayout<ChunkBatchFinished> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_CHUNK_BATCH_FINISHED,
            Layout.fields(Layout.VAR_INT, ChunkBatchFinished::chunks, ChunkBatchFinished::new));
}
