package infrarust.proxy.plugin;

import infrarust.api.event.Subscription;
import infrarust.api.permission.PermissionNode;
import infrarust.api.permission.PermissionProvider;
import infrarust.api.permission.Permissions;
import infrarust.api.player.Player;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be permitted, as a plugin sees it: what it registers goes with its scope. */
record OwnedPermissions(PluginScope scope, Permissions permissions) implements Permissions {

    @Override
    public Subscription register(PermissionNode node) {
        return scope.own(() -> permissions.register(node)::cancel)::run;
    }

    @Override
    public Optional<PermissionNode> node(String name) {
        return permissions.node(name);
    }

    @Override
    public List<PermissionNode> nodes() {
        return permissions.nodes();
    }

    @Override
    public Subscription provide(PermissionProvider provider) {
        return scope.own(() -> permissions.provide(provider)::cancel)::run;
    }

    @Override
    public CompletionStage<Void> refresh(Player player) {
        return permissions.refresh(player);
    }
}
