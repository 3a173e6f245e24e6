package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import java.util.Optional;
import java.util.UUID;

/**
 * The client is to forget a resource pack; since 1.20.3.
 *
 * @param id which one; empty for all
 */
public record ResourcePackRemoval(Optional<UUID> id) {

    /** Wire layout, play. */
    public static final PacketLayout<ResourcePackRemoval> PLAY = PacketLayout.always(
            PacketType.CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK,
            Layout.fields(Layout.UUID_BINARY.optional(), ResourcePackRemoval::id, ResourcePackRemoval::new));
}
