package infrarust.proxy.wasm.contract023;

import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginContract;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins one instance with the services. */
final class Adapter023 implements PluginContract.Adapter {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final GuestHost host;
    private final EventBusHost events;
    private @Nullable Guest guest;

    Adapter023(GuestHost host) {
        this.host = host;
        this.events = new EventBusHost(host, this::guest);
    }

    @Override
    public void offer(Imports imports) {
        imports.provide(LOOKUP, Types.class, new Types() {})
                .provide(LOOKUP, Log.class, new LogHost(host.logger()))
                .provide(LOOKUP, EventBus.class, events)
                .provide(LOOKUP, CommandManager.class, new CommandManagerHost(host, this::guest))
                .provide(LOOKUP, Scheduler.class, new SchedulerHost(host, this::guest))
                .provide(LOOKUP, ConfigService.class, new ConfigServiceHost(host))
                .provide(LOOKUP, ServerManager.class, new ServerManagerHost(host))
                .provide(LOOKUP, BanService.class, new BanServiceHost(host))
                .provide(LOOKUP, PlayerRegistry.class, new PlayerRegistryHost(host))
                .provide(LOOKUP, Limbo.class, new LimboHost(host));
    }

    @Override
    public void prepare(Component component, Imports imports) {
        component.prepare(imports, LOOKUP, List.of(Guest.class));
    }

    @Override
    public void bind(ComponentInstance instance, boolean exportsCodecFilter) {
        if (exportsCodecFilter) {
            // Not called yet, but a wrong shape is told now and not when the first player joins.
            instance.bind(LOOKUP, CodecFilter.class);
        }
        guest = instance.bind(LOOKUP, Guest.class);
    }

    @Override
    public PluginMetadata metadata() throws PluginRefusedException {
        Types.PluginMetadata said = guest().metadata();
        try {
            return new PluginMetadata(
                    said.id(),
                    said.name(),
                    said.version(),
                    said.authors(),
                    said.description(),
                    said.dependencies().stream()
                            .map(one -> new PluginDependency(one.id(), one.optional()))
                            .toList());
        } catch (IllegalArgumentException refused) {
            throw new PluginRefusedException(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public Optional<String> enable() {
        return error(guest().onEnable());
    }

    @Override
    public Optional<String> disable() {
        return error(guest().onDisable());
    }

    private Guest guest() {
        if (guest == null) {
            throw new IllegalStateException("the instance is not bound yet");
        }
        return guest;
    }

    private static Optional<String> error(Result<Unit, String> result) {
        return switch (result) {
            case Result.Ok<Unit, String> ok -> Optional.empty();
            case Result.Err<Unit, String>(String text) -> Optional.of(text);
        };
    }
}
