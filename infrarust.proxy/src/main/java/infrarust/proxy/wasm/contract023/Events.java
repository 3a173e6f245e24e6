package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.GameProfile;
import infrarust.proxy.wasm.contract023.Types.PacketDirection;
import infrarust.proxy.wasm.contract023.Types.RawPacket;
import infrarust.proxy.wasm.contract023.Types.ServerState;
import java.util.List;
import java.util.Optional;

/** The types of events that the export {@code guest} declares. */
final class Events {

    private Events() {}

    record PreLoginEvent(GameProfile profile, String remoteAddr, int protocolVersion, String serverDomain) {}

    sealed interface PreLoginResult {
        record Allowed() implements PreLoginResult {}

        record Denied(String reason) implements PreLoginResult {}

        record ForceOffline() implements PreLoginResult {}

        record ForceOnline() implements PreLoginResult {}
    }

    record PostLoginEvent(GameProfile profile, long playerId, int protocolVersion) {}

    record DisconnectEvent(long playerId, String username, Optional<String> lastServer) {}

    record OnlineAuthFailedEvent(String username) {}

    record PermissionsSetupEvent(long playerId, GameProfile profile, boolean onlineMode) {}

    sealed interface PermissionsSetupResult {
        record UseDefault() implements PermissionsSetupResult {}

        record Custom(long handler) implements PermissionsSetupResult {}
    }

    record ServerPreConnectEvent(long playerId, GameProfile profile, String originalServer) {}

    sealed interface ServerPreConnectResult {
        record Allowed() implements ServerPreConnectResult {}

        record ConnectTo(String server) implements ServerPreConnectResult {}

        record SendToLimbo(List<String> handlers) implements ServerPreConnectResult {}

        record Denied(String reason) implements ServerPreConnectResult {}
    }

    record ServerConnectedEvent(long playerId, String server) {}

    record ServerSwitchEvent(long playerId, String previousServer, String newServer) {}

    record KickedFromServerEvent(long playerId, String server, String reason) {}

    sealed interface KickedFromServerResult {
        record DisconnectPlayer(String reason) implements KickedFromServerResult {}

        record RedirectTo(String server) implements KickedFromServerResult {}

        record SendToLimbo(List<String> handlers) implements KickedFromServerResult {}

        record Notify(String message) implements KickedFromServerResult {}
    }

    record PlayerChooseInitialServerEvent(long playerId, GameProfile profile, String initialServer) {}

    sealed interface PlayerChooseInitialServerResult {
        record Allowed() implements PlayerChooseInitialServerResult {}

        record Redirect(String server) implements PlayerChooseInitialServerResult {}

        record SendToLimbo(List<String> handlers) implements PlayerChooseInitialServerResult {}
    }

    record PingResponse(
            String description,
            int maxPlayers,
            int onlinePlayers,
            int protocolVersion,
            String versionName,
            Optional<String> favicon) {}

    record ProxyPingEvent(String remoteAddr, PingResponse response) {}

    record ServerStateChangeEvent(String server, ServerState oldState, ServerState newState) {}

    record ChatMessageEvent(long playerId, String message) {}

    sealed interface ChatMessageResult {
        record Allow() implements ChatMessageResult {}

        record Deny(String reason) implements ChatMessageResult {}

        record Modify(String message) implements ChatMessageResult {}
    }

    record RawPacketEvent(long playerId, PacketDirection direction, RawPacket packet) {}

    sealed interface RawPacketResult {
        record Pass() implements RawPacketResult {}

        record Modify(RawPacket packet) implements RawPacketResult {}

        record Drop() implements RawPacketResult {}
    }

    /** In the order of {@link EventBus.EventKind}. */
    sealed interface Event {
        record PreLogin(PreLoginEvent event) implements Event {}

        record PostLogin(PostLoginEvent event) implements Event {}

        record Disconnect(DisconnectEvent event) implements Event {}

        record OnlineAuthFailed(OnlineAuthFailedEvent event) implements Event {}

        record PermissionsSetup(PermissionsSetupEvent event) implements Event {}

        record ServerPreConnect(ServerPreConnectEvent event) implements Event {}

        record ServerConnected(ServerConnectedEvent event) implements Event {}

        record ServerSwitch(ServerSwitchEvent event) implements Event {}

        record KickedFromServer(KickedFromServerEvent event) implements Event {}

        record PlayerChooseInitialServer(PlayerChooseInitialServerEvent event) implements Event {}

        record ProxyPing(ProxyPingEvent event) implements Event {}

        record ProxyInitialize() implements Event {}

        record ProxyShutdown() implements Event {}

        record ConfigReload() implements Event {}

        record ServerStateChange(ServerStateChangeEvent event) implements Event {}

        record ChatMessage(ChatMessageEvent event) implements Event {}

        record RawPacket(RawPacketEvent event) implements Event {}
    }

    /** What a listener wants; {@code None} leaves the result as it is. */
    sealed interface EventOutcome {
        record None() implements EventOutcome {}

        record PreLogin(PreLoginResult result) implements EventOutcome {}

        record ServerPreConnect(ServerPreConnectResult result) implements EventOutcome {}

        record KickedFromServer(KickedFromServerResult result) implements EventOutcome {}

        record PlayerChooseInitialServer(PlayerChooseInitialServerResult result) implements EventOutcome {}

        record ChatMessage(ChatMessageResult result) implements EventOutcome {}

        record ProxyPing(PingResponse response) implements EventOutcome {}

        record PermissionsSetup(PermissionsSetupResult result) implements EventOutcome {}

        record RawPacket(RawPacketResult result) implements EventOutcome {}
    }
}
