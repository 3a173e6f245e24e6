package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/**
 * What the player can do.
 *
 * @param flags a sum of {@link #INVULNERABLE}, {@link #FLYING} and {@link #MAY_FLY}
 * @param flyingSpeed 0.05 in the game
 * @param fieldOfView 0.1 in the game
 */
public record Abilities(int flags, float flyingSpeed, float fieldOfView) {

    /** No damage. */
    public static final int INVULNERABLE = 0x01;
    /** Flies now. */
    public static final int FLYING = 0x02;
    /** May begin to fly. */
    public static final int MAY_FLY = 0x04;

    /** Wire layout. */
    public static final PacketLayout<Abilities> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_ABILITIES,
            Layout.fields(
                    Layout.UNSIGNED_BYTE,
                    Abilities::flags,
                    Layout.FLOAT,
                    Abilities::flyingSpeed,
                    Layout.FLOAT,
                    Abilities::fieldOfView,
                    Abilities::new));
}
