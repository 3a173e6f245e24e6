package infrarust.proxy.wasm.contract023;

import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandRegistration;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.CommandTakenException;
import infrarust.api.command.Suggestion;
import infrarust.api.player.Player;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.GuestHost;
import infrarust.wasm.component.bind.Unit;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Serves {@link CommandManager}: a command of the plugin is one of the proxy's, and each use of it a call of the guest. The contract
 * has no answer to a registration, so a refusal is only logged.
 */
final class CommandManagerHost implements CommandManager {

    private static final int MAX_COMMANDS = 256;

    private final GuestHost host;
    private final Supplier<Guest> guest;

    /** By name in lower case. Used on the actor's thread only. */
    private final Map<String, CommandRegistration> registered = new HashMap<>();

    CommandManagerHost(GuestHost host, Supplier<Guest> guest) {
        this.host = host;
        this.guest = guest;
    }

    @Override
    public void register(String name, List<String> aliases, String description, long callbackId) {
        if (!host.gate().allows(Capability.COMMAND, "command-manager.register")) {
            return;
        }
        String key = name.toLowerCase(Locale.ROOT);
        if (!registered.containsKey(key) && registered.size() >= MAX_COMMANDS) {
            host.logger().warn("command '{}' is not registered: a plugin may have {}", name, MAX_COMMANDS);
            return;
        }
        try {
            var spec = new CommandSpec(key, aliases, description, "", Optional.empty(), false);
            CommandRegistration earlier = registered.remove(key);
            if (earlier != null) {
                earlier.unregister();
            }
            CommandRegistration now = host.plugin().commands().register(spec, new GuestCommand(callbackId));
            registered.put(key, now);
            if (!now.rejectedAliases().isEmpty()) {
                host.logger()
                        .warn("command '{}' is without the aliases {}: they are taken", key, now.rejectedAliases());
            }
        } catch (CommandTakenException | IllegalArgumentException | IllegalStateException refused) {
            host.logger().warn("command '{}' is not registered: {}", name, refused.getMessage());
        }
    }

    @Override
    public void unregister(String name) {
        if (host.gate().allows(Capability.COMMAND, "command-manager.unregister")) {
            CommandRegistration registration = registered.remove(name.toLowerCase(Locale.ROOT));
            if (registration != null) {
                registration.unregister();
            }
        }
    }

    private final class GuestCommand implements Command {

        private final long callbackId;

        GuestCommand(long callbackId) {
            this.callbackId = callbackId;
        }

        /** The actor's own future: when the proxy gives up and cancels it, a call that still waits is skipped. */
        @Override
        public CompletionStage<?> execute(CommandInvocation invocation) {
            OptionalLong player = invocation
                    .source()
                    .player()
                    .map(Player::id)
                    .map(OptionalLong::of)
                    .orElseGet(OptionalLong::empty);
            var call = host.actor().call("handle-command", host.limits().callback(), () -> {
                guest.get().handleCommand(callbackId, invocation.arguments(), player);
                return Unit.UNIT;
            });
            var _ = call.thenAccept(outcome -> {
                if (outcome instanceof CallOutcome.Unanswered<Unit>(String reason)) {
                    host.logger().warn("command '{}' did not run: {}", invocation.label(), reason);
                }
            });
            return call;
        }

        /** In this version of the contract nothing behind the label is no word at all, and the cursor counts bytes. */
        @Override
        public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
            String rest = unfinished.raw();
            List<String> words = rest.isEmpty() ? List.of() : unfinished.arguments();
            int cursor = rest.getBytes(StandardCharsets.UTF_8).length;
            return host.actor()
                    .call(
                            "tab-complete",
                            host.limits().callback(),
                            () -> guest.get().tabComplete(callbackId, words, cursor))
                    .thenApply(outcome -> switch (outcome) {
                        case CallOutcome.Answered<List<String>>(List<String> texts) ->
                            texts.stream().map(Suggestion::of).toList();
                        case CallOutcome.Unanswered<List<String>> none -> List.of();
                    });
        }
    }
}
