package infrarust.api.permission;

import infrarust.api.event.Subscription;
import infrarust.api.player.Player;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What can be permitted, and by whom. Whether one player may do something is asked with {@link Player#hasPermission}. Any
 * thread may call.
 */
public interface Permissions {

    /**
     * Makes a node known with its default, until the subscription is cancelled or the plugin goes. A second node of the same
     * name from the same plugin takes the place of the first.
     *
     * @throws IllegalArgumentException if the name begins with {@code infrarust.}, which is the proxy's
     * @throws IllegalStateException if another plugin has registered that name
     */
    Subscription register(PermissionNode node);

    /** The node with that name, in any case. */
    Optional<PermissionNode> node(String name);

    /** Every node that is registered, by name. */
    List<PermissionNode> nodes();

    /**
     * Says what every player may do from now on, until the subscription is cancelled or the plugin goes. Players who are
     * connected keep what they have until they are refreshed.
     *
     * @throws IllegalStateException unless {@code [permissions] provider} names this plugin; the message says what it names
     */
    Subscription provide(PermissionProvider provider);

    /**
     * Settles anew what a player may do: fires {@link infrarust.api.event.PermissionsSetupEvent} and asks the provider.
     *
     * @return completes, on any thread and never exceptionally, when the new answer holds
     */
    CompletionStage<Void> refresh(Player player);
}
