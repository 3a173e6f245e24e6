package infrarust.proxy.limbo;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import infrarust.proxy.protocol.nbt.Tag;
import infrarust.proxy.protocol.packet.RegistryEntries;
import infrarust.proxy.protocol.packet.RegistryTags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The registries of one protocol number, from the resource {@code registries-N.bin.gz}, which {@code tools/Registries.java}
 * makes. Compressed with gzip, it holds in the protocol's own types:
 *
 * <ul>
 *   <li>a list of strings: the versions of the pack {@code minecraft:core} that have the entries under their names
 *   <li>a list of registries: name, and a list of entries: name, whether the data must be sent to everyone, and the data as a
 *       byte array with unnamed NBT, empty where only the pack has it
 *   <li>the tags, as the packet has them
 * </ul>
 *
 * @param packs versions of the game's own pack, any of which spares the data
 * @param registries in the order in which they are sent
 * @param tags of the registries above and of those that are built into the client
 */
record RegistryResource(List<String> packs, List<Registry> registries, RegistryTags tags) {

    /**
     * One registry.
     *
     * @param name with its namespace
     * @param entries in the order of their numbers
     */
    record Registry(String name, List<Entry> entries) {

        /**
         * The number of an entry.
         *
         * @throws IllegalStateException when there is no such entry
         */
        int number(String entry) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).name().equals(entry)) {
                    return i;
                }
            }
            throw new IllegalStateException("The registry " + name + " has no entry " + entry);
        }
    }

    /**
     * One entry.
     *
     * @param name with its namespace
     * @param always whether the data is sent even to clients that have the pack
     * @param data empty when only the pack has it
     */
    record Entry(String name, boolean always, Optional<Tag> data) {}

    /** Whether there is a resource for that protocol number. */
    static boolean exists(int protocol) {
        return RegistryResource.class.getResource(name(protocol)) != null;
    }

    /**
     * Reads the resource. Blocks on it; not for event loops.
     *
     * @throws IllegalStateException when there is none
     */
    static RegistryResource read(int protocol) {
        try (var file = RegistryResource.class.getResourceAsStream(name(protocol))) {
            if (file == null) {
                throw new IllegalStateException("There is no resource " + name(protocol));
            }
            try (var content = new GZIPInputStream(file)) {
                return read(Unpooled.wrappedBuffer(content.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + name(protocol), e);
        }
    }

    private static String name(int protocol) {
        return "registries-" + protocol + ".bin.gz";
    }

    private static RegistryResource read(ByteBuf in) {
        List<String> packs = new ArrayList<>();
        for (int left = Wire.readVarInt(in); left > 0; left--) {
            packs.add(Wire.readString(in, Wire.MAX_STRING));
        }
        List<Registry> registries = new ArrayList<>();
        for (int left = Wire.readVarInt(in); left > 0; left--) {
            String name = Wire.readString(in, Wire.MAX_STRING);
            List<Entry> entries = new ArrayList<>();
            for (int entriesLeft = Wire.readVarInt(in); entriesLeft > 0; entriesLeft--) {
                entries.add(readEntry(in));
            }
            registries.add(new Registry(name, List.copyOf(entries)));
        }
        RegistryTags tags = RegistryTags.LAYOUT.at(ProtocolVersion.V1_20_5).read(in);
        return new RegistryResource(List.copyOf(packs), List.copyOf(registries), tags);
    }

    private static Entry readEntry(ByteBuf in) {
        String name = Wire.readString(in, Wire.MAX_STRING);
        boolean always = Layout.BOOLEAN.read(in);
        int length = Wire.readVarInt(in);
        Optional<Tag> data = length == 0
                ? Optional.empty()
                : Optional.of(NetworkNbt.read(in.readSlice(length), NetworkNbt.UNNAMED_ROOT_SINCE));
        return new Entry(name, always, data);
    }

    /**
     * The registry with that name.
     *
     * @throws IllegalStateException when there is none
     */
    Registry registry(String name) {
        return registries.stream()
                .filter(registry -> registry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no registry " + name));
    }

    /** Whether a client without the pack can be served. */
    boolean hasAllData() {
        return registries.stream()
                .flatMap(registry -> registry.entries().stream())
                .allMatch(entry -> entry.data().isPresent());
    }

    /**
     * The registries as packets.
     *
     * @param packKnown whether the client has the pack
     */
    List<RegistryEntries> packets(boolean packKnown) {
        return registries.stream()
                .map(registry -> new RegistryEntries(
                        registry.name(),
                        registry.entries().stream()
                                .map(entry -> new RegistryEntries.Entry(
                                        entry.name(), packKnown && !entry.always() ? Optional.empty() : entry.data()))
                                .toList()))
                .toList();
    }
}
