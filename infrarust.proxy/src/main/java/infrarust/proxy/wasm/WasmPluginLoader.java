package infrarust.proxy.wasm;

import infrarust.api.PluginMetadata;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.plugin.PluginCandidate;
import infrarust.proxy.plugin.PluginLoader;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds plugins that are WebAssembly components: the {@code .wasm} files of the plugins folder. Each is compiled, checked and
 * asked for its metadata in an instance of its own that may do nothing and is thrown away. The engine is opened when the first
 * file is there, so a proxy without such plugins pays nothing.
 */
public final class WasmPluginLoader implements PluginLoader {

    private static final Logger LOG = LoggerFactory.getLogger(WasmPluginLoader.class);

    private final ProxyConfig config;
    private final List<PluginContract> contracts;
    private final List<ComponentSource> embedded;
    private final GuestStarter starter;
    private final CallLimits limits;
    private @Nullable CoreEngine engine;

    /**
     * @param contracts the versions of the plugin contract that are served
     * @param embedded components that come with the proxy, beside those of the plugins folder
     */
    public WasmPluginLoader(
            ProxyConfig config,
            List<? extends PluginContract> contracts,
            List<ComponentSource> embedded,
            Deadlines deadlines) {
        this.config = config;
        this.contracts = List.copyOf(contracts);
        this.embedded = List.copyOf(embedded);
        this.limits = CallLimits.of(config.wasm(), config.events());
        this.starter = new GuestStarter(config.wasm(), limits, deadlines);
    }

    @Override
    public String kind() {
        return "wasm";
    }

    @Override
    public Discovery look(Predicate<String> wanted) {
        List<PluginCandidate> found = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        List<ComponentSource> sources = new ArrayList<>(embedded);
        try {
            sources.addAll(ComponentFiles.in(config.pluginsDir()));
        } catch (IOException failure) {
            refused.add(new Refusal(
                    String.valueOf(config.pluginsDir()), "the plugins folder cannot be read: " + failure.getMessage()));
        }
        for (ComponentSource source : sources) {
            if (!wanted.test(source.origin())) {
                continue;
            }
            try {
                found.add(examine(source));
            } catch (PluginRefusedException refusal) {
                refused.add(new Refusal(source.origin(), String.valueOf(refusal.getMessage())));
            }
        }
        return new Discovery(found, refused);
    }

    @Override
    public void close() {
        if (engine != null && starter.awaitEnd()) {
            engine.close();
            engine = null;
        }
    }

    private PluginCandidate examine(ComponentSource source) throws PluginRefusedException {
        Component component = compile(source);
        if (!component.isResolved()) {
            throw new PluginRefusedException(
                    "it imports core modules or components, which this proxy does not offer; link them into it");
        }
        PluginContract contract = ImportCheck.contractOf(component, contracts);
        ImportCheck.offered(component, contract);
        return new WasmCandidate(
                source, component, contract, probe(source, component, contract), config, starter, limits);
    }

    private Component compile(ComponentSource source) throws PluginRefusedException {
        byte[] bytes;
        try {
            bytes = source.bytes().read();
        } catch (IOException failure) {
            throw new PluginRefusedException("it cannot be read: " + failure.getMessage());
        }
        if (bytes.length == 0) {
            throw new PluginRefusedException("the file is empty; copy it again");
        }
        try {
            return Component.compile(openEngine(), bytes);
        } catch (ComponentException refused) {
            throw new PluginRefusedException(String.valueOf(refused.getMessage()));
        } catch (RuntimeException | StackOverflowError failure) {
            // No file, however broken, may keep the proxy from starting, not even by a fault of the decoder.
            LOG.debug("{} failed here", source.origin(), failure);
            throw new PluginRefusedException("it cannot be read as a component: " + failure);
        }
    }

    private CoreEngine openEngine() throws PluginRefusedException {
        if (engine == null) {
            engine = EngineChoice.open(config.wasm());
            LOG.info("WebAssembly engine: {}", engine.description());
        }
        return engine;
    }

    private PluginMetadata probe(ComponentSource source, Component component, PluginContract contract)
            throws PluginRefusedException {
        Logger logger = LoggerFactory.getLogger("plugin." + source.origin().replaceFirst("\\.wasm$", ""));
        try (var probe = starter.start(
                source.origin(),
                component,
                contract,
                new GuestStarter.Surroundings(new NoServices(logger), Set.of(), Optional.empty(), fault -> {}))) {
            return GuestStarter.await(probe.actor()
                    .call("metadata", limits.metadata(), () -> probe.adapter().metadata()));
        }
    }
}
