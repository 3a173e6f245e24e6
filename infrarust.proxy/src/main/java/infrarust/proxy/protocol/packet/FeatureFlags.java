package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.List;

/**
 * Which parts of the game are on, in the configuration; since 1.20.2.
 *
 * @param flags {@code minecraft:vanilla} and perhaps experiments
 */
public record FeatureFlags(List<String> flags) {

    private static final int MAX_FLAGS = 256;

    /** Wire layout. */
    public static final PacketLayout<FeatureFlags> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS,
            Layout.fields(Layout.string(Wire.MAX_STRING).list(MAX_FLAGS), FeatureFlags::flags, FeatureFlags::new));
}
