package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of a resource pack. Read only.
 *
 * @param id which one, since 1.20.3
 * @param result its number: loaded, declined, failed to load, accepted, and since 1.20.3 downloaded, no address, failed to reload,
 *     discarded
 */
public record ResourcePackResponse(Optional<UUID> id, int result) {

    /** Longest hash that servers give; what the client repeats of it is of no interest. */
    private static final int MAX_HASH = 40;

    /** Wire layout, configuration. */
    public static final PacketLayout<ResourcePackResponse> CONFIGURATION =
            layout(PacketType.SERVERBOUND_CONFIGURATION_RESOURCE_PACK_RESPONSE);
    /** Wire layout, play. */
    public static final PacketLayout<ResourcePackResponse> PLAY =
            layout(PacketType.SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE);

    private static PacketLayout<ResourcePackResponse> layout(PacketType type) {
        Layout<ResourcePackResponse> hashed = Layout.fields(
                Layout.string(MAX_HASH),
                response -> "",
                Layout.VAR_INT,
                ResourcePackResponse::result,
                (hash, result) -> new ResourcePackResponse(Optional.empty(), result));
        Layout<ResourcePackResponse> bare = Layout.fields(
                Layout.VAR_INT,
                ResourcePackResponse::result,
                result -> new ResourcePackResponse(Optional.empty(), result));
        Layout<ResourcePackResponse> named = Layout.fields(
                Layout.UUID_BINARY,
                response -> response.id().orElseThrow(),
                Layout.VAR_INT,
                ResourcePackResponse::result,
                (id, result) -> new ResourcePackResponse(Optional.of(id), result));
        return PacketLayout.always(type, hashed)
                .since(ProtocolVersion.V1_10, bare)
                .since(ProtocolVersion.V1_20_3, named);
    }
}
