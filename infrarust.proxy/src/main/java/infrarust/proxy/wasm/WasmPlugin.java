package infrarust.proxy.wasm;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.proxy.plugin.PluginRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A component as a plugin: each call of its life is a call of its actor. */
final class WasmPlugin implements Plugin {

    private final PluginMetadata metadata;
    private final PluginActor actor;
    private final PluginContract.Adapter adapter;
    private final CallLimits limits;
    private final FaultLog faults;

    WasmPlugin(
            PluginMetadata metadata,
            PluginActor actor,
            PluginContract.Adapter adapter,
            CallLimits limits,
            FaultLog faults) {
        this.metadata = metadata;
        this.actor = actor;
        this.adapter = adapter;
        this.limits = limits;
        this.faults = faults;
    }

    @Override
    public PluginMetadata metadata() {
        return metadata;
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) {
        return lifecycle("on-enable", limits.enable(), adapter::enable).thenRun(faults::begin);
    }

    @Override
    public CompletionStage<?> onDisable() {
        return lifecycle("on-disable", limits.disable(), adapter::disable);
    }

    private CompletableFuture<?> lifecycle(String name, Duration limit, Callable<Optional<String>> call) {
        return actor.call(name, limit, call).thenCompose(outcome -> switch (outcome) {
            case CallOutcome.Answered<Optional<String>>(Optional<String> error) ->
                error.map(text -> failed(name + " answered: " + text))
                        .orElseGet(() -> CompletableFuture.completedFuture(null));
            case CallOutcome.Unanswered<Optional<String>>(String reason) -> failed(reason);
        });
    }

    private static CompletableFuture<Object> failed(String reason) {
        return CompletableFuture.failedFuture(new PluginRefusedException(reason));
    }
}
