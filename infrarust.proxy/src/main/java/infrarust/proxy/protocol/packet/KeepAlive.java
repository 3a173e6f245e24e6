package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * Are you there? The same layout in both directions and in both states that have it.
 *
 * @param id what the answer repeats; 32 bits before 1.12.2
 */
public record KeepAlive(long id) {

    /** Wire layout, play, to the client. */
    public static final PacketLayout<KeepAlive> PLAY_CLIENTBOUND = layout(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE);
    /** Wire layout, play, to the server. */
    public static final PacketLayout<KeepAlive> PLAY_SERVERBOUND = layout(PacketType.SERVERBOUND_PLAY_KEEP_ALIVE);
    /** Wire layout, configuration, to the client. */
    public static final PacketLayout<KeepAlive> CONFIGURATION_CLIENTBOUND =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_KEEP_ALIVE);
    /** Wire layout, configuration, to the server. */
    public static final PacketLayout<KeepAlive> CONFIGURATION_SERVERBOUND =
            layout(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE);

    private static PacketLayout<KeepAlive> layout(PacketType type) {
        return PacketLayout.always(type, template(Layout.INT.map(Integer::longValue, Long::intValue)))
                .since(ProtocolVersion.V1_8, template(Layout.VAR_INT.map(Integer::longValue, Long::intValue)))
                .since(ProtocolVersion.V1_12_2, template(Layout.LONG));
    }

    private static Layout<KeepAlive> template(Layout<Long> id) {
        return Layout.fields(id, KeepAlive::id, KeepAlive::new);
    }
}
