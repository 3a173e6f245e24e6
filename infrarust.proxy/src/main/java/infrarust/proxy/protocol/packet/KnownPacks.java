package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.List;

/**
 * The data packs that a server would like to refer to, and, as the answer, those of them that the client has; since 1.20.5.
 * The entries of a pack that both have may travel without their data.
 *
 * @param packs at most 64 as in the game
 */
public record KnownPacks(List<Pack> packs) {

    private static final int MAX_PACKS = 64;

    /**
     * One data pack.
     *
     * @param namespace {@code minecraft} for the game's own
     * @param id {@code core} for the game's own
     * @param version the release that it comes with, for example {@code 26.2}
     */
    public record Pack(String namespace, String id, String version) {
        static final Layout<Pack> LAYOUT = Layout.fields(
                Layout.string(Wire.MAX_STRING),
                Pack::namespace,
                Layout.string(Wire.MAX_STRING),
                Pack::id,
                Layout.string(Wire.MAX_STRING),
                Pack::version,
                Pack::new);
    }

    /** Wire layout, the server's offer. */
    public static final PacketLayout<KnownPacks> CLIENTBOUND = layout(PacketType.CLIENTBOUND_CONFIGURATION_KNOWN_PACKS);
    /** Wire layout, the client's answer. */
    public static final PacketLayout<KnownPacks> SERVERBOUND = layout(PacketType.SERVERBOUND_CONFIGURATION_KNOWN_PACKS);

    private static PacketLayout<KnownPacks> layout(PacketType type) {
        return PacketLayout.always(
                type, Layout.fields(Pack.LAYOUT.list(MAX_PACKS), KnownPacks::packs, KnownPacks::new));
    }
}
