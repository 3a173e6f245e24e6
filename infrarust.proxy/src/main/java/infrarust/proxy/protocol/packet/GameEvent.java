package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/**
 * Something that changes for the player.
 *
 * @param event what
 * @param value depends on the event
 */
public record GameEvent(int event, float value) {

    /** Chunks follow; the client closes its loading screen when it has the one it is in. Since 1.20.3. */
    public static final int CHUNKS_FOLLOW = 13;

    /** Wire layout. */
    public static final PacketLayout<GameEvent> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_GAME_EVENT,
            Layout.fields(Layout.UNSIGNED_BYTE, GameEvent::event, Layout.FLOAT, GameEvent::value, GameEvent::new));
}
