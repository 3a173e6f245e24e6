package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import infrarust.proxy.protocol.nbt.Tag;
import java.util.List;
import java.util.Optional;

/**
 * One registry of the configuration, as it is since 1.20.5.
 *
 * @param registry its name
 * @param entries in the order of their numbers, from 0
 */
public record RegistryEntries(String registry, List<Entry> entries) {

    private static final int MAX_ENTRIES = 65_536;

    /**
     * One entry.
     *
     * @param name its name
     * @param value empty when the client has it in a pack that was agreed on
     */
    public record Entry(String name, Optional<Tag> value) {
        static final Layout<Entry> LAYOUT = Layout.fields(
                Layout.string(Wire.MAX_STRING),
                Entry::name,
                NetworkNbt.layout(ProtocolVersion.V1_20_5).optional(),
                Entry::value,
                Entry::new);
    }

    /** Wire layout. */
    public static final PacketLayout<RegistryEntries> LAYOUT = PacketLayout.<RegistryEntries>none(
                    PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA)
            .since(
                    ProtocolVersion.V1_20_5,
                    Layout.fields(
                            Layout.string(Wire.MAX_STRING),
                            RegistryEntries::registry,
                            Entry.LAYOUT.list(MAX_ENTRIES),
                            RegistryEntries::entries,
                            RegistryEntries::new));
}
