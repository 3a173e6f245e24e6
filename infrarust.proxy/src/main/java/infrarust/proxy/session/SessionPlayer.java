package infrarust.proxy.session;

import infrarust.api.permission.PermissionChecker;
import infrarust.api.permission.PermissionRules;
import infrarust.api.permission.Tristate;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.proxy.permission.PermissionHolder;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;

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
    public Delivery sendMessage(Component message) {
        return session.chat().say(message);
    }

    @Override
    public CompletionStage<ConnectionResult> connect(String server) {
        return session.whereabouts().connect(server);
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
