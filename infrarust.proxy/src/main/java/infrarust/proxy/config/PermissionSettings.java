package infrarust.proxy.config;

import java.util.List;
import java.util.Set;

/**
 * Who may use the proxy's commands.
 *
 * @param admins names and UUIDs of those who may use everything
 * @param playerCommands the subcommands of {@code /infrarust} that everyone may use
 * @param trustOfflineAdmins whether a player is taken for an admin whom no session server has confirmed
 * @param provider {@link #BUILT_IN}, or the id of the plugin that says what players may do
 */
public record PermissionSettings(
        List<String> admins, Set<String> playerCommands, boolean trustOfflineAdmins, String provider) {

    /** This configuration and the command {@code op} say who may what. */
    public static final String BUILT_IN = "builtin";

    /** The subcommands that can be opened to everyone. */
    public static final List<String> PLAYER_COMMANDS = List.of("help", "version", "list", "find", "server");

    public PermissionSettings {
        admins = List.copyOf(admins);
        playerCommands = Set.copyOf(playerCommands);
    }

    /** Nobody may use anything. */
    public static PermissionSettings defaults() {
        return new PermissionSettings(List.of(), Set.of(), false);
    }

    /** As the configuration says. */
    public PermissionSettings(List<String> admins, Set<String> playerCommands, boolean trustOfflineAdmins) {
        this(admins, playerCommands, trustOfflineAdmins, BUILT_IN);
    }

    /** Whether no plugin is asked. */
    public boolean isBuiltIn() {
        return provider.equals(BUILT_IN);
    }
}
