package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import java.util.EnumSet;
import java.util.Set;

/** The packets that a {@link PlayBridge} looks for, by direction and state. */
final class WantedPackets {

    private WantedPackets() {}

    /**
     * Of the client, at any length: neither what plugins are shown nor what leads into another state must pass unseen because of what
     * has been appended to it.
     *
     * @param state of the packets that the client sends
     */
    static Interest ofClient(PacketIds ids, ConnectionState state) {
        Set<PacketType> wanted = EnumSet.noneOf(PacketType.class);
        switch (state) {
            case LOGIN -> wanted.add(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            case CONFIGURATION -> {
                wanted.add(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                wanted.addAll(ClientReports.IN_CONFIGURATION);
            }
            case PLAY -> {
                wanted.add(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                wanted.addAll(ClientReports.IN_GAME);
                wanted.addAll(Conversation.OF_CLIENT);
            }
            case HANDSHAKE, STATUS -> {}
        }
        return Interest.in(ids, wanted.toArray(PacketType[]::new));
    }

    /**
     * Of the backend.
     *
     * @param state of the packets that the client is sent
     * @param entry how far the client has come
     * @param requests what plugins and the proxy have to do with what it sends
     * @param answers what the proxy adds to the server's
     */
    static Interest ofBackend(
            PacketIds ids, ConnectionState state, WorldEntry entry, ServerRequests requests, CommandAnswers answers) {
        Set<PacketType> wanted = EnumSet.noneOf(PacketType.class);
        switch (state) {
            case CONFIGURATION -> {
                wanted.add(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                wanted.add(PacketType.CLIENTBOUND_CONFIGURATION_DISCONNECT);
                if (!entry.hasSentRegistries()) {
                    wanted.add(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
                }
                wanted.add(PacketType.CLIENTBOUND_CONFIGURATION_TRANSFER);
                if (requests.wantsMessages()) {
                    wanted.add(PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE);
                }
                wanted.addAll(Leftovers.inConfiguration(ids));
            }
            case PLAY -> {
                wanted.add(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                wanted.add(PacketType.CLIENTBOUND_PLAY_DISCONNECT);
                wanted.add(PacketType.CLIENTBOUND_PLAY_BUNDLE_DELIMITER);
                if (!entry.isInWorld()) {
                    wanted.add(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                }
                wanted.add(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE);
                wanted.add(PacketType.CLIENTBOUND_PLAY_TRANSFER);
                if (requests.wantsMessages()) {
                    wanted.add(PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE);
                }
                // Which commands a player may use is known when it has been listed, which it has when it is in the
                // world.
                if (entry.isInWorld() ? answers.wantsTree() : answers.announces()) {
                    wanted.add(PacketType.CLIENTBOUND_PLAY_COMMANDS);
                }
                if (answers.wantsWords()) {
                    wanted.add(PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE);
                }
                wanted.addAll(Leftovers.inGame(ids));
            }
            case HANDSHAKE, STATUS, LOGIN -> {}
        }
        return Interest.in(ids, wanted.toArray(PacketType[]::new));
    }

    /**
     * Whether more counts than that the packet is there. The packet that starts the game is large, and rarely read.
     *
     * @param respawns whether a respawn has to be made from that one
     */
    static boolean isRead(PacketType type, boolean respawns) {
        return switch (type) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED,
                    SERVERBOUND_PLAY_ACK_CONFIGURATION,
                    SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION,
                    CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION,
                    CLIENTBOUND_CONFIGURATION_REGISTRY_DATA,
                    CLIENTBOUND_PLAY_START_CONFIGURATION,
                    CLIENTBOUND_PLAY_BUNDLE_DELIMITER -> false;
            case CLIENTBOUND_PLAY_JOIN_GAME -> respawns;
            default -> true;
        };
    }
}
