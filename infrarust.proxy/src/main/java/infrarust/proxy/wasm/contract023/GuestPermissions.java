package infrarust.proxy.wasm.contract023;

import infrarust.api.permission.PermissionChecker;
import infrarust.api.permission.PermissionNode;
import infrarust.api.permission.Tristate;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.contract023.Types.PermissionLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a guest says that a player may do. Whoever asks a checker wants an answer at once, and the guest has one thread: so it is asked for
 * every registered node while the player logs in, and the answers are kept. A node that nobody has registered is undefined when it is asked for
 * the first time, and the guest is asked for it behind that. New answers come with the next setup of the player's permissions.
 */
final class GuestPermissions implements PermissionChecker {

    /** Unregistered nodes beyond this many are always undefined. */
    private static final int MOST_NODES = 4096;

    private final GuestHost host;
    private final Supplier<Guest> guest;
    private final long handler;
    private final Map<String, Tristate> known = new ConcurrentHashMap<>();

    GuestPermissions(GuestHost host, Supplier<Guest> guest, long handler) {
        this.host = host;
        this.guest = guest;
        this.handler = handler;
    }

    /** Asks for all nodes that are registered now. The stage's value says whether the guest has answered. */
    CompletionStage<Boolean> learn() {
        List<String> nodes = host.plugin().permissions().nodes().stream()
                .map(PermissionNode::name)
                .toList();
        return host.actor()
                .call("check-permission", host.limits().event(), () -> {
                    Map<String, Tristate> said = new HashMap<>();
                    for (String node : nodes) {
                        said.put(node, Tristate.of(guest.get().checkPermission(handler, node)));
                    }
                    boolean admin = guest.get().permissionLevelOf(handler) == PermissionLevel.ADMIN;
                    if (admin) {
                        said.put(PlayerRegistryHost.ADMIN, Tristate.TRUE);
                    }
                    return said;
                })
                .thenApply(outcome -> {
                    if (outcome instanceof CallOutcome.Answered<Map<String, Tristate>>(Map<String, Tristate> said)) {
                        known.putAll(said);
                        return true;
                    }
                    return false;
                });
    }

    @Override
    public Tristate value(String asked) {
        String node = asked.toLowerCase(Locale.ROOT);
        Tristate said = known.get(node);
        if (said != null) {
            return said;
        }
        if (known.size() < MOST_NODES && known.putIfAbsent(node, Tristate.UNDEFINED) == null) {
            ask(node);
        }
        return Tristate.UNDEFINED;
    }

    private void ask(String node) {
        var _ = host.actor()
                .call(
                        "check-permission",
                        host.limits().event(),
                        () -> guest.get().checkPermission(handler, node))
                .thenAccept(outcome -> {
                    if (outcome instanceof CallOutcome.Answered<Boolean>(Boolean granted)) {
                        known.put(node, Tristate.of(granted));
                    } else {
                        known.remove(node); // asked again the next time
                    }
                });
    }
}
