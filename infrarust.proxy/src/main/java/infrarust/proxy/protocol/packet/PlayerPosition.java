package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * Puts the player somewhere, at rest, as it is since 1.19.4.
 *
 * @param teleport a number that the client confirms
 * @param at where the feet are
 * @param yaw in degrees
 * @param pitch in degrees
 */
public record PlayerPosition(int teleport, Vector at, float yaw, float pitch) {

    /** Three coordinates or three speeds. */
    public record Vector(double x, double y, double z) {
        static final Layout<Vector> LAYOUT = Layout.fields(
                Layout.DOUBLE, Vector::x, Layout.DOUBLE, Vector::y, Layout.DOUBLE, Vector::z, Vector::new);
        static final Vector NONE = new Vector(0, 0, 0);
    }

    /** All coordinates are absolute. */
    private static final int ABSOLUTE = 0;

    /** Wire layout. */
    public static final PacketLayout<PlayerPosition> LAYOUT = PacketLayout.<PlayerPosition>none(
                    PacketType.CLIENTBOUND_PLAY_PLAYER_POSITION)
            .since(
                    ProtocolVersion.V1_19_4,
                    Layout.fields(
                            Vector.LAYOUT,
                            PlayerPosition::at,
                            Layout.FLOAT,
                            PlayerPosition::yaw,
                            Layout.FLOAT,
                            PlayerPosition::pitch,
                            Layout.UNSIGNED_BYTE,
                            position -> ABSOLUTE,
                            Layout.VAR_INT,
                            PlayerPosition::teleport,
                            (at, yaw, pitch, flags, teleport) -> new PlayerPosition(teleport, at, yaw, pitch)))
            .since(
                    ProtocolVersion.V1_21_2,
                    Layout.fields(
                            Layout.VAR_INT,
                            PlayerPosition::teleport,
                            Layout.fields(Vector.LAYOUT, at -> at, Vector.LAYOUT, at -> Vector.NONE, (at, speed) -> at),
                            PlayerPosition::at,
                            Layout.FLOAT,
                            PlayerPosition::yaw,
                            Layout.FLOAT,
                            PlayerPosition::pitch,
                            Layout.INT,
                            position -> ABSOLUTE,
                            (teleport, at, yaw, pitch, flags) -> new PlayerPosition(teleport, at, yaw, pitch)));
}
