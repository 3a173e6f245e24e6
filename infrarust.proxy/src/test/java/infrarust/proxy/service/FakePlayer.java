package infrarust.proxy.service;

import infrarust.api.permission.Tristate;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import net.kyori.adventure.text.Component;

/** A player without a connection, that remembers what it was sent. */
public class FakePlayer implements Player {

    private final long id;
    private final GameProfile profile;
    private final List<Component> messages = new CopyOnWriteArrayList<>();
    private volatile Optional<String> server = Optional.empty();
    private volatile Optional<Component> disconnectReason = Optional.empty();

    /** A player whose account follows from the name. */
    public FakePlayer(long id, String username) {
        this(id, username, UUID.nameUUIDFromBytes(username.getBytes(StandardCharsets.UTF_8)));
    }

    /** A player with a chosen account. */
    public FakePlayer(long id, String username, UUID uuid) {
        this.id = id;
        this.profile = new GameProfile(uuid, username, List.of());
    }

    /** Moves the player. */
    public void moveTo(String server) {
        this.server = Optional.of(server);
    }

    /** What {@link #sendMessage} was given. */
    public List<Component> messages() {
        return List.copyOf(messages);
    }

    /** What {@link #disconnect} was given last. */
    public Optional<Component> disconnectReason() {
        return disconnectReason;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public GameProfile profile() {
        return profile;
    }

    @Override
    public int protocolVersion() {
        return 767;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    }

    @Override
    public Instant connectedAt() {
        return Instant.ofEpochMilli(1_700_000_000_123L);
    }

    @Override
    public Optional<String> currentServer() {
        return server;
    }

    @Override
    public boolean isOnlineMode() {
        return false;
    }

    @Override
    public boolean isConnected() {
        return disconnectReason.isEmpty();
    }

    @Override
    public boolean isActive() {
        return true;
    }

    @Override
    public Tristate permissionValue(String node) {
        return Tristate.UNDEFINED;
    }

    @Override
    public Delivery sendMessage(Component message) {
        if (!isConnected()) {
            return Delivery.DISCONNECTED;
        }
        messages.add(message);
        return Delivery.ACCEPTED;
    }

    @Override
    public CompletionStage<ConnectionResult> connect(String next) {
        moveTo(next);
        return CompletableFuture.completedFuture(new ConnectionResult.Connected(next));
    }

    @Override
    public void disconnect(Component reason) {
        disconnectReason = Optional.of(reason);
    }
}
