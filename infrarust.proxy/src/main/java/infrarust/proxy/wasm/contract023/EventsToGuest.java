package infrarust.proxy.wasm.contract023;

import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.PermissionsSetupEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyPingEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.event.ServerStateChangeEvent;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.RawPacket;
import infrarust.api.player.Player;
import infrarust.api.server.Server;
import infrarust.proxy.wasm.contract023.Events.Event;
import infrarust.proxy.wasm.contract023.Types.ServerState;
import java.util.Optional;

/** The proxy's events as the contract has them; empty for one of which the contract has no word. */
final class EventsToGuest {

    private EventsToGuest() {}

    static Optional<Event> preLogin(PreLoginEvent event) {
        return Optional.of(new Event.PreLogin(new Events.PreLoginEvent(
                Conversions.profile(event.profile()),
                Conversions.address(event.remoteAddress()),
                event.protocolVersion(),
                event.serverDomain())));
    }

    static Optional<Event> postLogin(PostLoginEvent event) {
        Player player = event.player();
        return Optional.of(new Event.PostLogin(new Events.PostLoginEvent(
                Conversions.profile(player.profile()), player.id(), player.protocolVersion())));
    }

    static Optional<Event> disconnect(DisconnectEvent event) {
        Player player = event.player();
        return Optional.of(new Event.Disconnect(
                new Events.DisconnectEvent(player.id(), player.profile().username(), event.lastServer())));
    }

    static Optional<Event> onlineAuthFailed(OnlineAuthFailedEvent event) {
        return Optional.of(new Event.OnlineAuthFailed(new Events.OnlineAuthFailedEvent(event.username())));
    }

    static Optional<Event> permissionsSetup(PermissionsSetupEvent event) {
        Player player = event.player();
        return Optional.of(new Event.PermissionsSetup(new Events.PermissionsSetupEvent(
                player.id(), Conversions.profile(player.profile()), player.isOnlineMode())));
    }

    static Optional<Event> serverPreConnect(ServerPreConnectEvent event) {
        Player player = event.player();
        return Optional.of(new Event.ServerPreConnect(
                new Events.ServerPreConnectEvent(player.id(), Conversions.profile(player.profile()), event.server())));
    }

    static Optional<Event> serverConnected(ServerConnectedEvent event) {
        return Optional.of(new Event.ServerConnected(
                new Events.ServerConnectedEvent(event.player().id(), event.server())));
    }

    /** A switch is over when the player is in the other world; the first server is no switch. */
    static Optional<Event> serverSwitch(ServerPostConnectEvent event) {
        return event.previousServer()
                .map(previous -> new Event.ServerSwitch(
                        new Events.ServerSwitchEvent(event.player().id(), previous, event.server())));
    }

    static Optional<Event> kickedFromServer(KickedFromServerEvent event) {
        return Optional.of(new Event.KickedFromServer(new Events.KickedFromServerEvent(
                event.player().id(), event.server(), GuestText.toGuest(event.reason()))));
    }

    static Optional<Event> chooseInitialServer(PlayerChooseInitialServerEvent event) {
        Player player = event.player();
        return Optional.of(new Event.PlayerChooseInitialServer(new Events.PlayerChooseInitialServerEvent(
                player.id(), Conversions.profile(player.profile()), event.initialServer())));
    }

    static Optional<Event> proxyPing(ProxyPingEvent event) {
        var answer = event.result();
        return Optional.of(new Event.ProxyPing(new Events.ProxyPingEvent(
                Conversions.address(event.remoteAddress()),
                new Events.PingResponse(
                        GuestText.toGuest(answer.description()),
                        answer.maxPlayers(),
                        answer.onlinePlayers(),
                        answer.protocolVersion(),
                        answer.versionName(),
                        answer.favicon()))));
    }

    /** The contract knows whether a server runs, and not how well: what makes no difference there is not told. */
    static Optional<Event> serverStateChange(ServerStateChangeEvent event) {
        ServerState before = state(event.previous());
        ServerState now = state(event.current());
        return before == now
                ? Optional.empty()
                : Optional.of(
                        new Event.ServerStateChange(new Events.ServerStateChangeEvent(event.server(), before, now)));
    }

    static Optional<Event> chatMessage(ChatMessageEvent event) {
        return Optional.of(
                new Event.ChatMessage(new Events.ChatMessageEvent(event.player().id(), event.message())));
    }

    static Event rawPacket(Player player, PacketDirection direction, RawPacket packet) {
        return new Event.RawPacket(new Events.RawPacketEvent(
                player.id(),
                switch (direction) {
                    case SERVERBOUND -> Types.PacketDirection.SERVERBOUND;
                    case CLIENTBOUND -> Types.PacketDirection.CLIENTBOUND;
                },
                new Types.RawPacket(packet.id(), packet.body())));
    }

    private static ServerState state(Server.State state) {
        return state == Server.State.UNREACHABLE ? ServerState.OFFLINE : ServerState.ONLINE;
    }
}
