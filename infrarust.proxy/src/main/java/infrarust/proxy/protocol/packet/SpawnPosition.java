package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * Where compasses point, as it is since 1.17; the level and the pitch are on the wire since 1.21.9.
 *
 * @param place where
 * @param yaw in degrees
 * @param pitch in degrees
 */
public record SpawnPosition(Place place, float yaw, float pitch) {

    /** Wire layout. */
    public static final PacketLayout<SpawnPosition> LAYOUT = PacketLayout.<SpawnPosition>none(
                    PacketType.CLIENTBOUND_PLAY_SET_DEFAULT_SPAWN_POSITION)
            .since(
                    ProtocolVersion.V1_17,
                    template(Place.Block.LAYOUT.map(block -> new Place("", block), Place::block), Layout.absent(0f)))
            .since(ProtocolVersion.V1_21_9, template(Place.LAYOUT, Layout.FLOAT));

    private static Layout<SpawnPosition> template(Layout<Place> place, Layout<Float> pitch) {
        return Layout.fields(
                place,
                SpawnPosition::place,
                Layout.FLOAT,
                SpawnPosition::yaw,
                pitch,
                SpawnPosition::pitch,
                SpawnPosition::new);
    }
}
