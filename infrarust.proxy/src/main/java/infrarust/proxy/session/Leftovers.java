package infrarust.proxy.session;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.text.TextDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * What a server has put into a client that stays there when the player goes to another one. Until 1.20.1 that is what hangs on
 * the connection and not on the world: entries of the tab list with its header and footer, boss bars, titles; scoreboards go
 * with the world. Since 1.20.2 the configuration state clears all of that, but not resource packs, which can be removed since
 * 1.20.3. Only the loop's thread.
 */
final class Leftovers {

    private static final int MAX_ENTRIES = 4096;

    private static final int LEGACY_ADD = 0;
    private static final int LEGACY_REMOVE = 4;
    private static final int ADD_PLAYER = 1;
    private static final int INITIALIZE_CHAT = 2;
    private static final int GAME_MODE = 4;
    private static final int LISTED = 8;
    private static final int LATENCY = 16;
    private static final int DISPLAY_NAME = 32;
    private static final int V1_11 = 315;

    private final PacketIds ids;
    /** UUIDs; before 1.8, names. */
    private final Set<Object> tabEntries = new LinkedHashSet<>(0);

    private final Set<UUID> bossBars = new LinkedHashSet<>(0);
    private final Set<UUID> resourcePacks = new LinkedHashSet<>(0);

    Leftovers(PacketIds ids) {
        this.ids = ids;
    }

    /** The packets of the game that have to be {@linkplain #see seen}. */
    static Set<PacketType> inGame(PacketIds ids) {
        return ids.protocol() < ProtocolVersion.V1_20_2
                ? Set.of(
                        PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY,
                        PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_UPDATE,
                        PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE,
                        PacketType.CLIENTBOUND_PLAY_BOSS_BAR)
                : ids.protocol() < ProtocolVersion.V1_20_3
                        ? Set.of()
                        : Set.of(
                                PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK,
                                PacketType.CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK);
    }

    /** The packets of the configuration that have to be seen. */
    static Set<PacketType> inConfiguration(PacketIds ids) {
        return ids.protocol() < ProtocolVersion.V1_20_3
                ? Set.of()
                : Set.of(
                        PacketType.CLIENTBOUND_CONFIGURATION_ADD_RESOURCE_PACK,
                        PacketType.CLIENTBOUND_CONFIGURATION_REMOVE_RESOURCE_PACK);
    }

    /** A packet on its way to the client; what cannot be read is not remembered. */
    void see(PacketType type, ByteBuf body) {
        try {
            switch (type) {
                case CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY -> {
                    if (ids.protocol() < ProtocolVersion.V1_8) {
                        entryByName(body);
                    } else {
                        legacyEntries(body);
                    }
                }
                case CLIENTBOUND_PLAY_PLAYER_INFO_UPDATE -> entries(body);
                case CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE -> {
                    for (int left = Wire.readVarInt(body); left > 0; left--) {
                        tabEntries.remove(Wire.readUuid(body));
                    }
                }
                case CLIENTBOUND_PLAY_BOSS_BAR -> {
                    UUID bar = Wire.readUuid(body);
                    switch (Wire.readVarInt(body)) {
                        case 0 -> add(bossBars, bar);
                        case 1 -> bossBars.remove(bar);
                        default -> {}
                    }
                }
                case CLIENTBOUND_PLAY_ADD_RESOURCE_PACK, CLIENTBOUND_CONFIGURATION_ADD_RESOURCE_PACK ->
                    add(resourcePacks, Wire.readUuid(body));
                case CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK, CLIENTBOUND_CONFIGURATION_REMOVE_RESOURCE_PACK -> {
                    if (flag(body)) {
                        resourcePacks.remove(Wire.readUuid(body));
                    } else {
                        resourcePacks.clear();
                    }
                }
                default -> {}
            }
        } catch (MalformedPacketException unreadable) {
            // The client's business; a mod may have changed the packet.
        }
    }

    private static <T> void add(Set<? super T> entries, T entry) {
        if (entries.size() < MAX_ENTRIES) {
            entries.add(entry);
        }
    }

    private void entryByName(ByteBuf body) {
        String name = Wire.readString(body, Wire.MAX_STRING);
        if (flag(body)) {
            add(tabEntries, name);
        } else {
            tabEntries.remove(name);
        }
    }

    private void legacyEntries(ByteBuf body) {
        int action = Wire.readVarInt(body);
        if (action != LEGACY_ADD && action != LEGACY_REMOVE) {
            return;
        }
        for (int left = Wire.readVarInt(body); left > 0; left--) {
            UUID player = Wire.readUuid(body);
            if (action == LEGACY_REMOVE) {
                tabEntries.remove(player);
                continue;
            }
            add(tabEntries, player);
            profile(body);
            Wire.readVarInt(body); // game mode
            Wire.readVarInt(body); // latency
            if (flag(body)) {
                skipBytes(body); // name in the list
            }
            boolean keyed = ids.protocol() == ProtocolVersion.V1_19 || ids.protocol() == ProtocolVersion.V1_19_1;
            if (keyed && flag(body)) {
                key(body);
            }
        }
    }

    private void entries(ByteBuf body) {
        Wire.need(body, 1);
        int actions = body.readByte();
        if ((actions & ADD_PLAYER) == 0) {
            return;
        }
        for (int left = Wire.readVarInt(body); left > 0; left--) {
            add(tabEntries, Wire.readUuid(body));
            profile(body);
            if ((actions & INITIALIZE_CHAT) != 0 && flag(body)) {
                Wire.readUuid(body);
                key(body);
            }
            if ((actions & GAME_MODE) != 0) {
                Wire.readVarInt(body);
            }
            if ((actions & LISTED) != 0) {
                flag(body);
            }
            if ((actions & LATENCY) != 0) {
                Wire.readVarInt(body);
            }
            if ((actions & DISPLAY_NAME) != 0 && flag(body)) {
                skipBytes(body);
            }
        }
    }

    private static void profile(ByteBuf body) {
        skipBytes(body); // name
        for (int left = Wire.readVarInt(body); left > 0; left--) {
            skipBytes(body);
            skipBytes(body);
            if (flag(body)) {
                skipBytes(body);
            }
        }
    }

    private static void key(ByteBuf body) {
        Wire.need(body, Long.BYTES);
        body.skipBytes(Long.BYTES);
        skipBytes(body);
        skipBytes(body);
    }

    private static boolean flag(ByteBuf body) {
        Wire.need(body, 1);
        return body.readBoolean();
    }

    /** A string or an array, behind its length in bytes. */
    private static void skipBytes(ByteBuf body) {
        int length = Wire.readVarInt(body);
        Wire.need(body, Math.max(length, 0));
        body.skipBytes(Math.max(length, 0));
    }

    /** Clears a client that is in the game, and stays in it. */
    void clearGame(Link client) {
        clearTabList(client);
        for (UUID bar : bossBars) {
            ByteBuf packet = packet(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
            Wire.writeUuid(packet, bar);
            Wire.writeVarInt(packet, 1);
            client.send(packet);
        }
        if (ids.has(PacketType.CLIENTBOUND_PLAY_CLEAR_TITLES)) {
            client.send(packet(PacketType.CLIENTBOUND_PLAY_CLEAR_TITLES).writeBoolean(true));
        } else if (ids.has(PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY)) {
            // With 1.11 the action bar came in between.
            int reset = ids.protocol() < V1_11 ? 4 : 5;
            client.send(packet(PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY).writeByte(reset));
        }
        if (ids.has(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER)) {
            ByteBuf packet = packet(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER);
            TextDialect dialect = TextDialect.at(ids.protocol());
            dialect.write(packet, Component.empty());
            dialect.write(packet, Component.empty());
            client.send(packet);
        }
    }

    private void clearTabList(Link client) {
        if (tabEntries.isEmpty()) {
            return;
        }
        if (ids.protocol() < ProtocolVersion.V1_8) {
            for (Object name : tabEntries) {
                ByteBuf packet = packet(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
                Wire.writeString(packet, name.toString());
                client.send(packet.writeBoolean(false).writeShort(0));
            }
            return;
        }
        boolean legacy = ids.has(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
        ByteBuf packet = packet(
                legacy
                        ? PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY
                        : PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE);
        if (legacy) {
            Wire.writeVarInt(packet, LEGACY_REMOVE);
        }
        List<UUID> players = tabEntries.stream()
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast)
                .toList();
        Wire.writeVarInt(packet, players.size());
        players.forEach(player -> Wire.writeUuid(packet, player));
        client.send(packet);
    }

    /** Clears a client that is in the configuration of the next server. */
    void clearConfiguration(Link client) {
        for (UUID pack : resourcePacks) {
            ByteBuf packet = packet(PacketType.CLIENTBOUND_CONFIGURATION_REMOVE_RESOURCE_PACK);
            packet.writeBoolean(true);
            Wire.writeUuid(packet, pack);
            client.send(packet);
        }
    }

    private ByteBuf packet(PacketType type) {
        ByteBuf packet = Unpooled.directBuffer();
        Wire.writeVarInt(packet, ids.id(type));
        return packet;
    }
}
