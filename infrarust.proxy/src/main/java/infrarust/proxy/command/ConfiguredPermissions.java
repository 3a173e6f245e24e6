package infrarust.proxy.command;

import infrarust.api.command.CommandSource;
import infrarust.api.player.Player;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.service.Permissions;

/**
 * What the configuration allows: everything to the console and to admins; to everyone else the subcommands of {@code
 * /infrarust} that it opens. A name proves nothing about a player whom no session server has confirmed, so such a player is an
 * admin only where the configuration says so.
 */
public final class ConfiguredPermissions implements Permissions {

    private volatile PermissionSettings settings;

    /** @param settings the table {@code permissions} */
    public ConfiguredPermissions(PermissionSettings settings) {
        this.settings = settings;
    }

    /** The configuration has changed; holds for the next question. */
    public void configure(PermissionSettings next) {
        settings = next;
    }

    @Override
    public boolean has(CommandSource source, String node) {
        return source.player().map(player -> isAdmin(player) || isOpen(node)).orElse(true);
    }

    private boolean isAdmin(Player player) {
        return (player.isOnlineMode() || settings.trustOfflineAdmins())
                && settings.admins().stream()
                        .anyMatch(
                                admin -> admin.equalsIgnoreCase(player.profile().username())
                                        || admin.equalsIgnoreCase(
                                                player.profile().uuid().toString()));
    }

    private boolean isOpen(String node) {
        return node.equals(InfrarustCommand.PERMISSION)
                ? !settings.playerCommands().isEmpty()
                : node.startsWith(InfrarustCommand.PERMISSION + ".")
                        && settings.playerCommands().contains(node.substring(InfrarustCommand.PERMISSION.length() + 1));
    }
}
