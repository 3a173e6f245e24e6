package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * How the player is, as it is since 1.8.
 *
 * @param health 20 is full, 0 is dead
 * @param food 20 is full
 * @param saturation 0 to 5
 */
public record Health(float health, int food, float saturation) {

    /** Wire layout. */
    public static final PacketLayout<Health> LAYOUT = PacketLayout.always(
                    PacketType.CLIENTBOUND_PLAY_UPDATE_HEALTH, template(Layout.UNSIGNED_SHORT))
            .since(ProtocolVersion.V1_8, template(Layout.VAR_INT));

    private static Layout<Health> template(Layout<Integer> food) {
        return Layout.fields(
                Layout.FLOAT, Health::health, food, Health::food, Layout.FLOAT, Health::saturation, Health::new);
    }
}
