package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says once per connection and every server needs to know: its settings, what it is, and the channels that its
 * mods listen on. Bounded; only the loop's thread.
 */
final class ClientMemory {

    /** A longer frame than a plugin message of the game may have is not even looked into. */
    static final int MAX_FRAME = 33 << 10;

    private static final int MAX_INFORMATION = 256;
    private static final int MAX_BRAND = 512;
    private static final int MAX_CHANNELS = 256;
    /** All names of channels together. */
    private static final int MAX_CHANNEL_CHARS = 16 << 10;

    private byte @Nullable [] information;
    private byte @Nullable [] brand;
    private @Nullable String brandChannel;
    private @Nullable Set<String> channels;
    private int channelChars;
    private final LegacyForge forge = new LegacyForge();
    private int changes;

    /** How often the client has told its settings or what it is; a server that was told before the last time has to be told again. */
    int changes() {
        return changes;
    }

    /** What Forge before 1.13 agrees on. */
    LegacyForge forge() {
        return forge;
    }

    /** The client tells its settings; the packet is the same in the configuration and in the game. */
    void information(ByteBuf body) {
        if (body.readableBytes() <= MAX_INFORMATION) {
            information = Wire.readRest(body);
            changes++;
        }
    }

    /** The client says something on a channel. */
    void message(PacketIds ids, ByteBuf body) {
        String channel = Wire.readString(body, Wire.MAX_STRING);
        switch (channel) {
            case "minecraft:brand", "MC|Brand" -> {
                if (body.readableBytes() <= MAX_BRAND) {
                    brandChannel = channel;
                    brand = Wire.readRest(body);
                    changes++;
                }
            }
            case "minecraft:register", "REGISTER" -> {
                for (String name : names(ids, body)) {
                    register(name);
                }
            }
            case "minecraft:unregister", "UNREGISTER" -> {
                for (String name : names(ids, body)) {
                    unregister(name);
                }
            }
            case LegacyForge.CHANNEL -> forge.said(ids, body);
            default -> {}
        }
    }

    private static boolean countsBytes(PacketIds ids) {
        return ids.protocol() < ProtocolVersion.V1_8;
    }

    private static String[] names(PacketIds ids, ByteBuf body) {
        if (countsBytes(ids) && body.readableBytes() >= 2) {
            body.skipBytes(2);
        }
        return body.readCharSequence(body.readableBytes(), StandardCharsets.UTF_8)
                .toString()
                .split("\0", MAX_CHANNELS);
    }

    private void register(String name) {
        Set<String> known = channels;
        if (known == null) {
            known = new LinkedHashSet<>();
            channels = known;
        }
        if (!name.isEmpty()
                && known.size() < MAX_CHANNELS
                && channelChars + name.length() <= MAX_CHANNEL_CHARS
                && known.add(name)) {
            channelChars += name.length();
        }
    }

    private void unregister(String name) {
        Set<String> known = channels;
        if (known != null && known.remove(name)) {
            channelChars -= name.length();
        }
    }

    /** Tells a server what the client is and how it is set, as the game does at the start of the state. */
    void introduce(Link server, PacketIds ids, ConnectionState state) {
        boolean play = state == ConnectionState.PLAY;
        PacketType message =
                play ? PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE : PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE;
        byte[] what = brand;
        String channel = brandChannel;
        if (what != null && channel != null) {
            ByteBuf packet = packet(ids, message);
            Wire.writeString(packet, channel);
            server.send(packet.writeBytes(what));
        }
        byte[] how = information;
        if (how != null) {
            server.send(packet(
                            ids,
                            play
                                    ? PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION
                                    : PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION)
                    .writeBytes(how));
        }
    }

    /** Tells a server in whose world the player is which channels the client listens on. */
    void register(Link server, PacketIds ids) {
        Set<String> known = channels;
        if (known == null || known.isEmpty()) {
            return;
        }
        byte[] names = String.join("\0", known).getBytes(StandardCharsets.UTF_8);
        ByteBuf packet = packet(ids, PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);
        Wire.writeString(packet, ids.protocol() < ProtocolVersion.V1_13 ? "REGISTER" : "minecraft:register");
        if (countsBytes(ids)) {
            packet.writeShort(names.length);
        }
        server.send(packet.writeBytes(names));
    }

    private static ByteBuf packet(PacketIds ids, PacketType type) {
        ByteBuf packet = Unpooled.directBuffer();
        Wire.writeVarInt(packet, ids.id(type));
        return packet;
    }
}
