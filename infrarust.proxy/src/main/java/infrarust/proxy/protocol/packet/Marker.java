package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;

/** A packet that has nothing but its id. */
public enum Marker {
    /** The only value. */
    MARKER;

    /** The client asks for the status. */
    public static final PacketLayout<Marker> STATUS_REQUEST = layout(PacketType.SERVERBOUND_STATUS_REQUEST);
    /** The server has said all that it has to say in the configuration. */
    public static final PacketLayout<Marker> FINISH_CONFIGURATION =
            layout(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
    /** The client has seen that the login succeeded. */
    public static final PacketLayout<Marker> LOGIN_ACKNOWLEDGED = layout(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
    /** The server wants the client back in the configuration. */
    public static final PacketLayout<Marker> START_CONFIGURATION =
            layout(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
    /** What lies between two of them happens at once. */
    public static final PacketLayout<Marker> BUNDLE_DELIMITER = layout(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
    /** Chunks follow. */
    public static final PacketLayout<Marker> CHUNK_BATCH_START = layout(PacketType.CLIENTBOUND_PLAY_CHUNK_BATCH_START);

    private static PacketLayout<Marker> layout(PacketType type) {
        return PacketLayout.always(type, Layout.absent(MARKER));
    }
}
