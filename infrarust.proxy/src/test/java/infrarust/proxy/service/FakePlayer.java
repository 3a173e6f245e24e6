package infrarust.proxy.service;

import infrarust.api.message.MessageChannel;
import infrarust.api.permission.Tristate;
import infrarust.api.player.ClientSettings;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.CookieResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.api.player.ResourcePack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.title.Title;

/** A player without a connection, that remembers what it was sent. */
public class FakePlayer implements Player {

    private final long id;
    private final GameProfile profile;
    private final List<Component> messages = new CopyOnWriteArrayList<>();
    private final List<Map.Entry<MessageChannel, byte[]>> toServer = new CopyOnWriteArrayList<>();
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

    /** What {@link #sendToServer} was given, in order: the channel and the bytes. */
    public List<Map.Entry<MessageChannel, byte[]>> toServer() {
        return List.copyOf(toServer);
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

    private Delivery delivery() {
        return isConnected() ? Delivery.ACCEPTED : Delivery.DISCONNECTED;
    }

    @Override
    public InetSocketAddress virtualHost() {
        return InetSocketAddress.createUnresolved("play.example.org", 25565);
    }

    @Override
    public Optional<String> clientBrand() {
        return Optional.of("vanilla");
    }

    @Override
    public Optional<ClientSettings> settings() {
        return Optional.empty();
    }

    @Override
    public Set<String> channels() {
        return Set.of();
    }

    @Override
    public Optional<Duration> ping() {
        return Optional.empty();
    }

    @Override
    public Delivery sendActionBar(Component message) {
        return delivery();
    }

    @Override
    public Delivery showTitle(Title title) {
        return delivery();
    }

    @Override
    public Delivery clearTitle() {
        return delivery();
    }

    @Override
    public Delivery resetTitle() {
        return delivery();
    }

    @Override
    public Delivery showBossBar(BossBar bar) {
        return delivery();
    }

    @Override
    public Delivery hideBossBar(BossBar bar) {
        return delivery();
    }

    @Override
    public Delivery sendPlayerListHeaderAndFooter(Component header, Component footer) {
        return delivery();
    }

    @Override
    public Delivery sendResourcePack(ResourcePack pack) {
        return delivery();
    }

    @Override
    public Delivery removeResourcePack(UUID pack) {
        return delivery();
    }

    @Override
    public Delivery clearResourcePacks() {
        return delivery();
    }

    @Override
    public Delivery transfer(String host, int port) {
        return delivery();
    }

    @Override
    public Delivery storeCookie(String key, byte[] content) {
        return delivery();
    }

    @Override
    public CompletionStage<CookieResult> requestCookie(String key) {
        return CompletableFuture.completedFuture(new CookieResult.Missing());
    }

    @Override
    public Delivery sendPluginMessage(MessageChannel channel, byte[] data) {
        return delivery();
    }

    @Override
    public Delivery sendToServer(MessageChannel channel, byte[] data) {
        toServer.add(Map.entry(channel, data));
        return delivery();
    }

    @Override
    public Delivery refreshCommands() {
        return delivery();
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
