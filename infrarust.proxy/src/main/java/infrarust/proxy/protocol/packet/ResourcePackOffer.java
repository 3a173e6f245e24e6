package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.Optional;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * The client is to load a resource pack; since 1.8.
 *
 * @param id its name, since 1.20.3; before, there is one pack at a time
 * @param url where it is
 * @param hash SHA-1 in hexadecimal digits, or nothing
 * @param required since 1.17
 * @param prompt since 1.17
 */
public record ResourcePackOffer(UUID id, String url, String hash, boolean required, Optional<Component> prompt) {

    private static final UUID UNNAMED = new UUID(0, 0);
    private static final int MAX_HASH = 40;

    /** Wire layout, play. */
    public static final PacketLayout<ResourcePackOffer> PLAY = TextLayouts.of(
            PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK, ResourcePackOffer::template, ProtocolVersion.V1_17);

    private static Layout<ResourcePackOffer> template(int since, Layout<Component> text) {
        boolean worded = since >= ProtocolVersion.V1_17;
        return Layout.fields(
                since < ProtocolVersion.V1_20_3 ? Layout.absent(UNNAMED) : Layout.UUID_BINARY,
                ResourcePackOffer::id,
                Layout.string(Wire.MAX_STRING),
                ResourcePackOffer::url,
                Layout.string(MAX_HASH),
                ResourcePackOffer::hash,
                worded ? Layout.BOOLEAN : Layout.absent(false),
                ResourcePackOffer::required,
                worded ? text.optional() : Layout.absent(Optional.empty()),
                ResourcePackOffer::prompt,
                ResourcePackOffer::new);
    }
}
