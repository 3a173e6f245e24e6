package infrarust.proxy.session;

import infrarust.api.player.ClientSettings;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says once per connection and every server needs to know: its settings, what it is, and the channels that its
 * mods listen on. Bounded; only the loop's thread, unless a method says otherwise.
 */
final class ClientMemory {

    /** A longer frame than a plugin message of the game may have is not even looked into. */
    static final int MAX_FRAME = 33 << 10;

    private static final int MAX_INFORMATION = 256;
    private static final int MAX_BRAND = 512;
    private static final int MAX_CHANNELS = 256;
    /** All names of channels together. */
    private static final int MAX_CHANNEL_CHARS = 16 << 10;

    private volatile byte @Nullable [] information;
    private volatile byte @Nullable [] brand;
    private @Nullable String brandChannel;
    private @Nullable Set<String> channels;
    /** For other threads. */
    private volatile Set<String> knownChannels = Set.of();

    private int channelChars;
    private final LegacyForge forge = new LegacyForge();
    private int changes;

    /** What a client has said on a channel. */
    sealed interface Said {

        /** What it is. */
        record Brand(String brand) implements Said {}

        /**
         * That it listens on channels, or does not any more.
         *
         * @param added those that were not known
         */
        record Channels(List<String> added) implements Said {}

        /** Something that is nothing about itself. */
        record Other() implements Said {}
    }

    private static final Said OTHER = new Said.Other();

    /** How often the client has told its settings or what it is; a server that was told before the last time has to be told again. */
    int changes() {
        return changes;
    }

    /** What Forge before 1.13 agrees on. */
    LegacyForge forge() {
        return forge;
    }

    /**
     * The client tells its settings; the packet is the same in the configuration and in the game.
     *
     * @return whether they are others than before
     */
    boolean information(ByteBuf body) {
        if (body.readableBytes() > MAX_INFORMATION) {
            return false;
        }
        byte[] before = information;
        byte[] now = Wire.readRest(body);
        information = now;
        changes++;
        return !Arrays.equals(before, now);
    }

    /** What the settings mean; empty when there are none that can be read. Any thread. */
    Optional<ClientSettings> settings(PacketIds ids) {
        byte[] told = information;
        return told == null ? Optional.empty() : ReadSettings.of(told, ids);
    }

    /** What the client is, in its own words. Any thread. */
    Optional<String> brand(PacketIds ids) {
        byte[] told = brand;
        return told == null ? Optional.empty() : Optional.of(brandText(ids, told));
    }

    /** The channels that the client listens on. Any thread. */
    Set<String> channels() {
        return knownChannels;
    }

    /** Before 1.8 the text is all there is behind its 16 bits of length; since then it has a length of its own. */
    private static String brandText(PacketIds ids, byte[] told) {
        ByteBuf in = Unpooled.wrappedBuffer(told);
        if (countsBytes(ids)) {
            in.skipBytes(Math.min(Short.BYTES, told.length));
            return in.toString(StandardCharsets.UTF_8);
        }
        try {
            return Wire.readString(in, MAX_BRAND);
        } catch (MalformedPacketException bare) { // some clients leave the length out
            return new String(told, StandardCharsets.UTF_8);
        }
    }

    /** The client says something on a channel. */
    Said message(PacketIds ids, String channel, ByteBuf body) {
        return switch (channel) {
            case "minecraft:brand", "MC|Brand" -> brand(ids, channel, body);
            case "minecraft:register", "REGISTER" -> {
                List<String> added = new ArrayList<>();
                for (String name : names(ids, body)) {
                    if (register(name)) {
                        added.add(name);
                    }
                }
                publishChannels();
                yield new Said.Channels(added);
            }
            case "minecraft:unregister", "UNREGISTER" -> {
                for (String name : names(ids, body)) {
                    unregister(name);
                }
                publishChannels();
                yield new Said.Channels(List.of());
            }
            case LegacyForge.CHANNEL -> {
                forge.said(ids, body);
                yield OTHER;
            }
            default -> OTHER;
        };
    }

    private Said brand(PacketIds ids, String channel, ByteBuf body) {
        if (body.readableBytes() > MAX_BRAND) {
            return OTHER;
        }
        byte[] told = Wire.readRest(body);
        brandChannel = channel;
        brand = told;
        changes++;
        return new Said.Brand(brandText(ids, told));
    }

    private void publishChannels() {
        Set<String> known = channels;
        knownChannels = known == null ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(known));
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

    private boolean register(String name) {
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
            return true;
        }
        return false;
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
        if (known != null) {
            register(server, ids, known);
        }
    }

    /** Tells a server that the client, or the proxy for it, listens on these channels. */
    static void register(Link server, PacketIds ids, Collection<String> channels) {
        if (channels.isEmpty()) {
            return;
        }
        byte[] names = String.join("\0", channels).getBytes(StandardCharsets.UTF_8);
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
