package infrarust.proxy.wasm.contract023;

import infrarust.wasm.component.bind.WitInterface;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The import {@code types}: it declares types and no functions. The contract's aliases are Java's own types here: player-id,
 * task-handle, listener-handle and handler-id are {@code long}; server-id, uuid (hyphenated, lower case) and component
 * (text-component JSON) are {@code String}; protocol-version and event-priority are {@code int}.
 */
@WitInterface("infrarust:plugin/types@0.2.3")
interface Types {

    enum ConnectionState {
        HANDSHAKE,
        STATUS,
        LOGIN,
        CONFIGURATION,
        PLAY
    }

    enum PacketDirection {
        SERVERBOUND,
        CLIENTBOUND
    }

    enum ServerState {
        ONLINE,
        OFFLINE,
        STARTING,
        STOPPING,
        SLEEPING,
        CRASHED
    }

    enum ProxyMode {
        PASSTHROUGH,
        ZERO_COPY,
        CLIENT_ONLY,
        OFFLINE,
        SERVER_ONLY
    }

    enum PermissionLevel {
        PLAYER,
        ADMIN
    }

    record ProfileProperty(String name, String value, Optional<String> signature) {}

    record GameProfile(String uuid, String username, List<ProfileProperty> properties) {}

    record ServerAddress(String host, int port) {}

    record ServerConfig(
            String id,
            Optional<String> network,
            List<ServerAddress> addresses,
            List<String> domains,
            ProxyMode proxyMode,
            List<String> limboHandlers,
            int maxPlayers,
            Optional<String> disconnectMessage,
            boolean sendProxyProtocol,
            boolean hasServerManager) {}

    /** Times in ticks of 50 ms. */
    record TitleData(String title, String subtitle, int fadeInTicks, int stayTicks, int fadeOutTicks) {}

    // A byte array in a record compares by identity; nobody compares packets.
    @SuppressWarnings("ArrayRecordComponent")
    record RawPacket(int packetId, byte[] data) {}

    sealed interface BanTarget {
        record Ip(String address) implements BanTarget {}

        record Username(String name) implements BanTarget {}

        record Uuid(String uuid) implements BanTarget {}
    }

    /** Times in milliseconds since 1970. */
    record BanEntry(BanTarget target, Optional<String> reason, OptionalLong expiresAt, long createdAt, String source) {}

    record PluginDependency(String id, boolean optional) {}

    record PluginMetadata(
            String id,
            String name,
            String version,
            List<String> authors,
            Optional<String> description,
            List<PluginDependency> dependencies) {}

    sealed interface PlayerError {
        record NotActive() implements PlayerError {}

        record Disconnected() implements PlayerError {}

        record SendFailed(String reason) implements PlayerError {}

        record ServerNotFound(String server) implements PlayerError {}

        record SwitchFailed(String reason) implements PlayerError {}
    }

    sealed interface ServiceError {
        record NotFound(String what) implements ServiceError {}

        record OperationFailed(String reason) implements ServiceError {}

        record Unavailable(String reason) implements ServiceError {}
    }
}
