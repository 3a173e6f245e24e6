package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import java.util.List;

/**
 * The tags of all registries, in the configuration; since 1.20.2.
 *
 * @param registries in any order
 */
public record RegistryTags(List<OfRegistry> registries) {

    private static final int MAX = 65_536;

    /**
     * The tags of one registry.
     *
     * @param registry its name
     * @param tags in any order
     */
    public record OfRegistry(String registry, List<NamedTag> tags) {
        static final Layout<OfRegistry> LAYOUT = Layout.fields(
                Layout.string(Wire.MAX_STRING),
                OfRegistry::registry,
                NamedTag.LAYOUT.list(MAX),
                OfRegistry::tags,
                OfRegistry::new);
    }

    /**
     * One tag.
     *
     * @param name its name
     * @param entries the numbers of its members in the registry
     */
    public record NamedTag(String name, List<Integer> entries) {
        static final Layout<NamedTag> LAYOUT = Layout.fields(
                Layout.string(Wire.MAX_STRING),
                NamedTag::name,
                Layout.VAR_INT.list(MAX),
                NamedTag::entries,
                NamedTag::new);
    }

    /** Wire layout. */
    public static final PacketLayout<RegistryTags> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_CONFIGURATION_UPDATE_TAGS,
            Layout.fields(OfRegistry.LAYOUT.list(MAX), RegistryTags::registries, RegistryTags::new));
}
