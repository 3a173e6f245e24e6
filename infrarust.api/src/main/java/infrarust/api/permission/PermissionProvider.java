package infrarust.api.permission;

import infrarust.api.player.Player;
import java.util.concurrent.CompletionStage;

/**
 * Knows what players may do. A plugin's is used when the operator names the plugin in {@code [permissions] provider}.
 */
@FunctionalInterface
public interface PermissionProvider {

    /**
     * What a player may do. Called on a virtual thread while the player logs in, and again by {@link
     * Permissions#refresh}; blocking is welcome. Deadline 5 s; when it is over, or the call fails, only the defaults of
     * nodes hold for this player.
     *
     * @return completes with who is asked from then on
     * @throws Exception as a failed stage
     */
    CompletionStage<PermissionChecker> checkerOf(Player player) throws Exception;
}
