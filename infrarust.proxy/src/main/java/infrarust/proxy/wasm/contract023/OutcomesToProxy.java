package infrarust.proxy.wasm.contract023;

import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyPingEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.Verdict;
import infrarust.proxy.wasm.contract023.Events.ChatMessageResult;
import infrarust.proxy.wasm.contract023.Events.EventOutcome;
import infrarust.proxy.wasm.contract023.Events.KickedFromServerResult;
import infrarust.proxy.wasm.contract023.Events.PlayerChooseInitialServerResult;
import infrarust.proxy.wasm.contract023.Events.PreLoginResult;
import infrarust.proxy.wasm.contract023.Events.RawPacketResult;
import infrarust.proxy.wasm.contract023.Events.ServerPreConnectResult;
import java.util.Optional;

/**
 * Does to an event what the guest wants. An outcome of another kind of event, and {@code none}, leave the result as it is. The names of
 * limbo handlers are not followed: the limbo of the proxy has none.
 */
final class OutcomesToProxy {

    private OutcomesToProxy() {}

    static void apply(PreLoginEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.PreLogin(PreLoginResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case PreLoginResult.Allowed() -> new PreLoginEvent.Result.Allowed();
                        case PreLoginResult.Denied(String reason) ->
                            new PreLoginEvent.Result.Denied(GuestText.fromGuest(reason));
                        case PreLoginResult.ForceOffline() -> new PreLoginEvent.Result.ForceOffline();
                        case PreLoginResult.ForceOnline() -> new PreLoginEvent.Result.ForceOnline();
                    });
        }
    }

    static void apply(ServerPreConnectEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.ServerPreConnect(ServerPreConnectResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case ServerPreConnectResult.Allowed() -> new ServerPreConnectEvent.Result.Allowed();
                        case ServerPreConnectResult.ConnectTo(String server) ->
                            new ServerPreConnectEvent.Result.Redirect(server);
                        case ServerPreConnectResult.SendToLimbo ignored ->
                            new ServerPreConnectEvent.Result.SendToLimbo();
                        case ServerPreConnectResult.Denied(String reason) ->
                            new ServerPreConnectEvent.Result.Denied(GuestText.fromGuest(reason));
                    });
        }
    }

    static void apply(KickedFromServerEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.KickedFromServer(KickedFromServerResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case KickedFromServerResult.DisconnectPlayer(String reason) ->
                            new KickedFromServerEvent.Result.DisconnectPlayer(GuestText.fromGuest(reason));
                        case KickedFromServerResult.RedirectTo(String server) ->
                            new KickedFromServerEvent.Result.Redirect(server);
                        case KickedFromServerResult.SendToLimbo ignored ->
                            new KickedFromServerEvent.Result.SendToLimbo();
                        case KickedFromServerResult.Notify(String message) ->
                            new KickedFromServerEvent.Result.Notify(GuestText.fromGuest(message));
                    });
        }
    }

    static void apply(PlayerChooseInitialServerEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.PlayerChooseInitialServer(PlayerChooseInitialServerResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case PlayerChooseInitialServerResult.Allowed() ->
                            new PlayerChooseInitialServerEvent.Result.Allowed();
                        case PlayerChooseInitialServerResult.Redirect(String server) ->
                            new PlayerChooseInitialServerEvent.Result.Redirect(server);
                        case PlayerChooseInitialServerResult.SendToLimbo ignored ->
                            new PlayerChooseInitialServerEvent.Result.SendToLimbo();
                    });
        }
    }

    /** Throws {@link IllegalArgumentException} for a message that cannot be one. */
    static void apply(ChatMessageEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.ChatMessage(ChatMessageResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case ChatMessageResult.Allow() -> new ChatMessageEvent.Result.Allow();
                        case ChatMessageResult.Deny(String reason) ->
                            new ChatMessageEvent.Result.Deny(
                                    reason.isEmpty() ? Optional.empty() : Optional.of(GuestText.fromGuest(reason)));
                        case ChatMessageResult.Modify(String message) -> new ChatMessageEvent.Result.Modify(message);
                    });
        }
    }

    /** The sample of players is not in the contract and stays. */
    static void apply(ProxyPingEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.ProxyPing(Events.PingResponse wanted)) {
            event.setResult(event.result()
                    .withDescription(GuestText.fromGuest(wanted.description()))
                    .withPlayers(wanted.onlinePlayers(), wanted.maxPlayers())
                    .withVersion(wanted.protocolVersion(), wanted.versionName())
                    .withFavicon(wanted.favicon()));
        }
    }

    /** What becomes of a packet. Throws {@link IllegalArgumentException} for one that cannot be. */
    static Verdict verdict(EventOutcome outcome) {
        if (outcome instanceof EventOutcome.RawPacket(RawPacketResult wanted)) {
            return switch (wanted) {
                case RawPacketResult.Pass() -> Verdict.pass();
                case RawPacketResult.Drop() -> Verdict.drop();
                case RawPacketResult.Modify(Types.RawPacket packet) ->
                    Verdict.replace(new RawPacket(packet.packetId(), packet.data()));
            };
        }
        return Verdict.pass();
    }
}
