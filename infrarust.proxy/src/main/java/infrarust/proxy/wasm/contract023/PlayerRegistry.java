package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.GameProfile;
import infrarust.proxy.wasm.contract023.Types.PermissionLevel;
import infrarust.proxy.wasm.contract023.Types.PlayerError;
import infrarust.proxy.wasm.contract023.Types.RawPacket;
import infrarust.proxy.wasm.contract023.Types.TitleData;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/** The import {@code player-registry}. */
@WitInterface(
        value = "infrarust:plugin/player-registry@0.2.3",
        resources = {PlayerRegistry.Player.class})
interface PlayerRegistry {

    Optional<Player> getPlayer(String username);

    Optional<Player> getPlayerByUuid(String playerUuid);

    Optional<Player> getPlayerById(long id);

    List<Player> getPlayersOnServer(String server);

    List<Player> getAllPlayers();

    int onlineCount();

    int onlineCountOn(String server);

    /** A player that the guest holds a handle to; the player may have left since. */
    @WitResource("player")
    interface Player {

        long id();

        GameProfile profile();

        int protocolVersion();

        /** As {@code ip:port} or {@code [v6]:port}. */
        String remoteAddr();

        Optional<String> currentServer();

        boolean isConnected();

        boolean isActive();

        void disconnect(String reason);

        Result<Unit, PlayerError> sendMessage(String message);

        Result<Unit, PlayerError> sendTitle(TitleData title);

        Result<Unit, PlayerError> sendActionBar(String message);

        Result<Unit, PlayerError> sendPacket(RawPacket packet);

        Result<Unit, PlayerError> switchServer(String target);

        boolean isOnlineMode();

        PermissionLevel permissionLevel();

        boolean hasPermission(String permission);

        /** In milliseconds since 1970. */
        long connectedAt();
    }
}
