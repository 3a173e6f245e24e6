package infrarust.proxy.forward;

import infrarust.api.message.MessageChannel;
import infrarust.api.permission.Tristate;
import infrarust.api.player.ClientSettings;
import infrarust.api.player.ConnectionResult;
import infrarust.api.player.CookieResult;
import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.api.player.ResourcePack;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.bossbar.BossBar;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.title.Title;

/** What can neither be known of a player nor be done to it whose protocol the proxy does not speak. Any thread. */
abstract class UnspokenPlayer implements Player {

    private static final Component NOT_MOVED = Component.text(
            "You cannot be moved to another server: the proxy only forwards what you and your server say.");

    private Delivery notActive() {
        return isConnected() ? Delivery.NOT_ACTIVE : Delivery.DISCONNECTED;
    }

    @Override
    public boolean isActive() {
        return false;
    }

    @Override
    public boolean isOnlineMode() {
        return false;
    }

    /** Nobody knows whose account it is, and it can give the proxy no commands. */
    @Override
    public Tristate permissionValue(String node) {
        return Tristate.UNDEFINED;
    }

    @Override
    public Optional<String> clientBrand() {
        return Optional.empty();
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
    public Delivery sendMessage(Component message) {
        return notActive();
    }

    @Override
    public Delivery sendActionBar(Component message) {
        return notActive();
    }

    @Override
    public Delivery showTitle(Title title) {
        return notActive();
    }

    @Override
    public Delivery clearTitle() {
        return notActive();
    }

    @Override
    public Delivery resetTitle() {
        return notActive();
    }

    @Override
    public Delivery showBossBar(BossBar bar) {
        return notActive();
    }

    @Override
    public Delivery hideBossBar(BossBar bar) {
        return notActive();
    }

    @Override
    public Delivery sendPlayerListHeaderAndFooter(Component header, Component footer) {
        return notActive();
    }

    @Override
    public Delivery sendResourcePack(ResourcePack pack) {
        return notActive();
    }

    @Override
    public Delivery removeResourcePack(UUID pack) {
        return notActive();
    }

    @Override
    public Delivery clearResourcePacks() {
        return notActive();
    }

    @Override
    public Delivery transfer(String host, int port) {
        return notActive();
    }

    @Override
    public Delivery storeCookie(String key, byte[] content) {
        return notActive();
    }

    @Override
    public CompletionStage<CookieResult> requestCookie(String key) {
        return CompletableFuture.completedStage(new CookieResult.NotAsked(notActive()));
    }

    @Override
    public Delivery sendPluginMessage(MessageChannel channel, byte[] data) {
        return notActive();
    }

    @Override
    public Delivery sendToServer(MessageChannel channel, byte[] data) {
        return notActive();
    }

    @Override
    public Delivery refreshCommands() {
        return notActive();
    }

    @Override
    public CompletionStage<ConnectionResult> connect(String server) {
        return CompletableFuture.completedStage(
                isConnected() ? new ConnectionResult.Failed(NOT_MOVED) : new ConnectionResult.Cancelled());
    }
}
