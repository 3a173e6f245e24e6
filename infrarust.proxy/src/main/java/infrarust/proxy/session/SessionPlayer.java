package infrarust.proxy.session;

import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.message.MessageChannel;
import infrarust.api.message.Messaging;
import infrarust.api.permission.PermissionChecker;
import infrarust.api.permission.PermissionRules;
import infrarust.api.permission.Tristate;
import infrarust.api.player.ClientSettings;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.CookieResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.api.player.ResourcePack;
import infrarust.proxy.permission.PermissionHolder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.title.Title;

/** A session as plugins see it. Any thread. */
final class SessionPlayer implements Player, PermissionHolder {

    private final Session session;
    private final long id;
    private volatile Optional<String> server = Optional.empty();
    private volatile PermissionChecker checker = PermissionRules.none();
    private final Instant connectedAt = Instant.now();

    SessionPlayer(Session session, long id) {
        this.session = session;
        this.id = id;
    }

    /** The player is on that server from here on, or on none. */
    void movedTo(Optional<String> next) {
        server = next;
    }

    Session session() {
        return session;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public GameProfile profile() {
        return session.profile();
    }

    @Override
    public int protocolVersion() {
        return session.ids().protocol();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return session.client().remoteAddress();
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public Optional<String> currentServer() {
        return server;
    }

    @Override
    public boolean isOnlineMode() {
        return session.isVerified();
    }

    @Override
    public Tristate permissionValue(String node) {
        return session.sessions().permissions().value(this, checker, node);
    }

    @Override
    public void hold(PermissionChecker next) {
        checker = next;
    }

    @Override
    public boolean isConnected() {
        return session.client().channel().isActive();
    }

    @Override
    public boolean isActive() {
        return true;
    }

    @Override
    public InetSocketAddress virtualHost() {
        return InetSocketAddress.createUnresolved(
                session.client().route().host(), session.client().handshake().port());
    }

    @Override
    public Optional<String> clientBrand() {
        return session.memory().brand(session.ids());
    }

    @Override
    public Optional<ClientSettings> settings() {
        return session.memory().settings(session.ids());
    }

    @Override
    public Set<String> channels() {
        return session.memory().channels();
    }

    @Override
    public Optional<Duration> ping() {
        return session.reach().ping().last();
    }

    @Override
    public Delivery sendMessage(Component message) {
        return session.chat().say(message);
    }

    @Override
    public CompletionStage<ConnectionResult> connect(String server) {
        return session.whereabouts().connect(server, Cause.SWITCH);
    }

    @Override
    public Delivery sendActionBar(Component message) {
        return session.reach().actionBar(message);
    }

    @Override
    public Delivery showTitle(Title title) {
        return session.reach().title(title);
    }

    @Override
    public Delivery clearTitle() {
        return session.reach().clearTitles(false);
    }

    @Override
    public Delivery resetTitle() {
        return session.reach().clearTitles(true);
    }

    @Override
    public Delivery showBossBar(BossBar bar) {
        return session.reach().screen().show(bar);
    }

    @Override
    public Delivery hideBossBar(BossBar bar) {
        return session.reach().screen().hide(bar);
    }

    @Override
    public Delivery sendPlayerListHeaderAndFooter(Component header, Component footer) {
        return session.reach().screen().header(header, footer);
    }

    @Override
    public Delivery sendResourcePack(ResourcePack pack) {
        return session.reach().packs().send(pack);
    }

    @Override
    public Delivery removeResourcePack(UUID pack) {
        return session.reach().packs().remove(Optional.of(pack));
    }

    @Override
    public Delivery clearResourcePacks() {
        return session.reach().packs().remove(Optional.empty());
    }

    @Override
    public Delivery transfer(String host, int port) {
        return session.reach().transfer(host, port);
    }

    @Override
    public Delivery storeCookie(String key, byte[] content) {
        return session.reach().cookies().store(key, content);
    }

    @Override
    public CompletionStage<CookieResult> requestCookie(String key) {
        return PlayerFuture.behindClient(this, session.reach().cookies().request(key));
    }

    @Override
    public Delivery sendPluginMessage(MessageChannel channel, byte[] data) {
        atMost(Messaging.MAX_TO_CLIENT, data, "a client");
        return channel.nameIn(protocolVersion())
                .map(name -> session.reach().message(name, data))
                .orElse(Delivery.REFUSED);
    }

    @Override
    public Delivery sendToServer(MessageChannel channel, byte[] data) {
        atMost(Messaging.MAX_TO_SERVER, data, "a server");
        return channel.nameIn(protocolVersion())
                .map(name -> session.reach().messageToServer(name, data))
                .orElse(Delivery.REFUSED);
    }

    private static void atMost(int bytes, byte[] data, String receiver) {
        if (data.length > bytes) {
            throw new IllegalArgumentException(
                    "a message to " + receiver + " has at most " + bytes + " bytes, this one " + data.length);
        }
    }

    @Override
    public Delivery refreshCommands() {
        return session.whereabouts().refreshCommands();
    }

    @Override
    public void disconnect(Component reason) {
        session.kick(reason);
    }

    @Override
    public String toString() {
        return profile().username() + " (connection " + id + ")";
    }
}
