package infrarust.proxy.wasm.contract023;

import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.CapabilityGate;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.contract023.Types.GameProfile;
import infrarust.proxy.wasm.contract023.Types.PermissionLevel;
import infrarust.proxy.wasm.contract023.Types.PlayerError;
import infrarust.proxy.wasm.contract023.Types.RawPacket;
import infrarust.proxy.wasm.contract023.Types.TitleData;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/** Serves {@link PlayerRegistry} with the proxy's players. */
final class PlayerRegistryHost implements PlayerRegistry {

    /** Whoever has it is an admin in the words of the contract. */
    static final String ADMIN = "infrarust.admin";

    /** How long a guest waits to hear that a switch cannot be. */
    private static final Duration SWITCH_WAIT = Duration.ofMillis(250);

    /** The name of no server that leads into the limbo. */
    private static final String LIMBO = "$limbo";

    private final GuestHost host;
    private final CapabilityGate gate;

    PlayerRegistryHost(GuestHost host) {
        this.host = host;
        this.gate = host.gate();
    }

    @Override
    public Optional<Player> getPlayer(String username) {
        return mayRead("get-player") ? players().byName(username).map(Handle::new) : Optional.empty();
    }

    /** A text that is no UUID names nobody. The published host traps there, which helps no plugin. */
    @Override
    public Optional<Player> getPlayerByUuid(String playerUuid) {
        return mayRead("get-player-by-uuid")
                ? Conversions.uuid(playerUuid).flatMap(players()::byUuid).map(Handle::new)
                : Optional.empty();
    }

    @Override
    public Optional<Player> getPlayerById(long id) {
        return mayRead("get-player-by-id") ? players().byId(id).map(Handle::new) : Optional.empty();
    }

    @Override
    public List<Player> getPlayersOnServer(String server) {
        return mayRead("get-players-on-server") ? handles(players().onServer(server)) : List.of();
    }

    @Override
    public List<Player> getAllPlayers() {
        return mayRead("get-all-players") ? handles(players().all()) : List.of();
    }

    @Override
    public int onlineCount() {
        return mayRead("online-count") ? players().count() : 0;
    }

    @Override
    public int onlineCountOn(String server) {
        return mayRead("online-count-on") ? players().onServer(server).size() : 0;
    }

    private infrarust.api.player.Players players() {
        return host.plugin().players();
    }

    private boolean mayRead(String function) {
        return gate.allows(Capability.PLAYER_READ, "player-registry." + function);
    }

    private List<Player> handles(List<infrarust.api.player.Player> found) {
        return found.stream().<Player>map(Handle::new).toList();
    }

    /** What the guest holds; knows the player, not the connection, so it outlives it. */
    private final class Handle implements Player {

        private final infrarust.api.player.Player player;

        Handle(infrarust.api.player.Player player) {
            this.player = player;
        }

        @Override
        public long id() {
            return player.id();
        }

        @Override
        public GameProfile profile() {
            return Conversions.profile(player.profile());
        }

        @Override
        public int protocolVersion() {
            return player.protocolVersion();
        }

        @Override
        public String remoteAddr() {
            return Conversions.address(player.remoteAddress());
        }

        @Override
        public Optional<String> currentServer() {
            return player.currentServer();
        }

        @Override
        public boolean isConnected() {
            return player.isConnected();
        }

        @Override
        public boolean isActive() {
            return player.isActive();
        }

        @Override
        public void disconnect(String reason) {
            if (mayWrite("disconnect")) {
                player.disconnect(GuestText.fromGuest(reason));
            }
        }

        @Override
        public Result<Unit, PlayerError> sendMessage(String message) {
            return mayWrite("send-message")
                    ? result(player.sendMessage(GuestText.fromGuest(message)))
                    : sendFailed("missing capability: player-write");
        }

        @Override
        public Result<Unit, PlayerError> sendTitle(TitleData title) {
            return mayWrite("send-title")
                    ? result(player.showTitle(Conversions.title(title)))
                    : sendFailed("missing capability: player-write");
        }

        @Override
        public Result<Unit, PlayerError> sendActionBar(String message) {
            return mayWrite("send-action-bar")
                    ? result(player.sendActionBar(GuestText.fromGuest(message)))
                    : sendFailed("missing capability: player-write");
        }

        @Override
        public Result<Unit, PlayerError> sendPacket(RawPacket packet) {
            return gate.allows(Capability.RAW_PACKET, "player.send-packet")
                    ? sendFailed("this version of the proxy does not send raw packets")
                    : sendFailed("missing capability: raw-packet");
        }

        @Override
        public Result<Unit, PlayerError> switchServer(String target) {
            if (!mayWrite("switch-server")) {
                return Result.err(new PlayerError.SwitchFailed("missing capability: player-write"));
            }
            if (!target.equals(LIMBO) && host.plugin().servers().byId(target).isEmpty()) {
                return Result.err(new PlayerError.ServerNotFound(target));
            }
            // What is not refused by then is accepted; whether the player arrives is told by the events.
            return switch (HostWait.of(host.actor(), player.connect(target), SWITCH_WAIT)) {
                case HostWait.Done(ConnectionResult result) -> switched(result);
                case HostWait.Late<ConnectionResult> late -> Result.ok();
                case HostWait.Failed<ConnectionResult>(String reason) -> switchFailed(reason);
            };
        }

        @Override
        public boolean isOnlineMode() {
            return player.isOnlineMode();
        }

        @Override
        public PermissionLevel permissionLevel() {
            return player.hasPermission(ADMIN) ? PermissionLevel.ADMIN : PermissionLevel.PLAYER;
        }

        @Override
        public boolean hasPermission(String permission) {
            return player.hasPermission(permission);
        }

        @Override
        public long connectedAt() {
            return Math.max(0, player.connectedAt().toEpochMilli());
        }

        private boolean mayWrite(String method) {
            return gate.allows(Capability.PLAYER_WRITE, "player." + method);
        }

        private static Result<Unit, PlayerError> result(Delivery delivery) {
            return switch (delivery) {
                case ACCEPTED -> Result.ok();
                case NOT_ACTIVE -> Result.err(new PlayerError.NotActive());
                case DISCONNECTED -> Result.err(new PlayerError.Disconnected());
                case REFUSED -> sendFailed("the player cannot take it now");
            };
        }

        private static Result<Unit, PlayerError> switched(ConnectionResult result) {
            return switch (result) {
                case ConnectionResult.Connected ignored -> Result.ok();
                case ConnectionResult.AlreadyConnected() -> Result.ok();
                case ConnectionResult.Denied(Component reason) -> switchFailed(GuestText.toGuest(reason));
                case ConnectionResult.Failed(Component reason) -> switchFailed(GuestText.toGuest(reason));
                case ConnectionResult.Cancelled() -> switchFailed("cancelled: another change is under way");
            };
        }

        private static Result<Unit, PlayerError> switchFailed(String reason) {
            return Result.err(new PlayerError.SwitchFailed(reason));
        }

        private static Result<Unit, PlayerError> sendFailed(String reason) {
            return Result.err(new PlayerError.SendFailed(reason));
        }
    }
}
