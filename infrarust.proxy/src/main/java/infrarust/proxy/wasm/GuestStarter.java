package infrarust.proxy.wasm;

import infrarust.api.PluginContext;
import infrarust.proxy.config.Capability;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.proxy.wasm.CallOutcome.Answered;
import infrarust.proxy.wasm.CallOutcome.Unanswered;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.wasi.Wasi;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes instances of components, each with the actor that owns it. Waits for them, so it is used while the proxy starts. */
final class GuestStarter {

    private static final Logger LOG = LoggerFactory.getLogger(GuestStarter.class);

    private static final long MIB = 1L << 20;

    /** The plugin contract's bound; keeps a guest from filling the proxy's memory through its tables. */
    private static final int MAX_TABLE_ELEMENTS = 20_000;

    /** How long an actor may take to end once it was told to. */
    private static final Duration END = Duration.ofSeconds(1);

    private final WasmSettings settings;
    private final CallLimits limits;
    private final Deadlines deadlines;
    private final List<PluginActor> actors = new CopyOnWriteArrayList<>();

    GuestStarter(WasmSettings settings, CallLimits limits, Deadlines deadlines) {
        this.settings = settings;
        this.limits = limits;
        this.deadlines = deadlines;
    }

    /**
     * What one instance may reach.
     *
     * @param plugin the services
     * @param granted its capabilities
     * @param dataFolder the folder that it sees as {@code /}, if it has one
     * @param onFault told when it fails
     */
    record Surroundings(
            PluginContext plugin,
            Set<Capability> granted,
            Optional<Path> dataFolder,
            Consumer<PluginActor.Fault> onFault) {}

    /** An instance that can be called through its actor. */
    record Started(PluginActor actor, PluginContract.Adapter adapter) implements AutoCloseable {

        @Override
        public void close() {
            actor.close();
        }
    }

    /**
     * Makes an instance and waits until it is there.
     *
     * @throws PluginRefusedException if it cannot be made, or not in time
     */
    Started start(String name, Component component, PluginContract contract, Surroundings around)
            throws PluginRefusedException {
        var actor = new PluginActor(name, settings.queueCapacity(), deadlines, around.onFault());
        actors.removeIf(PluginActor::hasEnded);
        actors.add(actor);
        var adapter = contract.adapt(new GuestHost(
                around.plugin(),
                new CapabilityGate(around.granted(), around.plugin().logger(), System::nanoTime),
                actor,
                limits));
        var started = new Started(actor, adapter);
        try {
            await(actor.call("instantiate", limits.enable(), () -> {
                instantiate(started, component, contract, around);
                return started;
            }));
            return started;
        } catch (PluginRefusedException refused) {
            started.close();
            throw refused;
        }
    }

    /** Waits until the actors that were told to end have ended; whether all have. */
    boolean awaitEnd() {
        return actors.stream().allMatch(actor -> actor.awaitEnd(END));
    }

    /** On the actor's thread. */
    private void instantiate(Started started, Component component, PluginContract contract, Surroundings around)
            throws PluginRefusedException {
        var imports = Imports.with(MethodHandles.lookup());
        started.adapter().offer(imports);
        Wasi wasi = WasiOffer.make(around.dataFolder(), around.plugin().logger());
        wasi.offerTo(imports);
        prepareBeside(started.adapter(), component, imports);
        ComponentInstance instance;
        try {
            // Its start functions are guest code already, and may never end.
            instance = component.instantiate(
                    imports, coreLimits(), store -> started.actor().own(GuestInstance.starting(store)));
        } catch (Throwable failure) { // only to close what was opened for the instance
            started.actor().disown();
            wasi.close();
            throw failure;
        }
        started.actor().own(GuestInstance.of(instance, wasi));
        boolean filters =
                component.exports().containsKey(PluginContract.PACKAGE + "codec-filter@" + contract.version());
        started.adapter().bind(instance, filters);
    }

    /** Makes code for the plugin's exports while the actor's thread makes that for its imports: a tenth of the start. */
    private static void prepareBeside(PluginContract.Adapter adapter, Component component, Imports imports) {
        Thread beside = Thread.ofPlatform().daemon().name("plugin-code").unstarted(() -> {
            try {
                adapter.prepare(component, imports);
            } catch (Throwable failure) { // what is wrong with the plugin, the actor's thread meets too and reports
                LOG.debug("No code was prepared", failure);
            }
        });
        try {
            beside.start();
        } catch (OutOfMemoryError noThread) { // then the actor's thread does it all
            LOG.debug("No thread to prepare code on", noThread);
        }
    }

    private CoreLimits coreLimits() {
        int pages = (int) Math.min(settings.memoryLimitMb() * MIB / CoreLimits.PAGE_BYTES, 32_767);
        return new CoreLimits(pages, MAX_TABLE_ELEMENTS);
    }

    /** Waits for a call, which has a deadline of its own. */
    static <T> T await(CompletableFuture<CallOutcome<T>> call) throws PluginRefusedException {
        return switch (call.join()) {
            case Answered<T>(T value) -> value;
            case Unanswered<T>(String reason) -> throw new PluginRefusedException(reason);
        };
    }
}
