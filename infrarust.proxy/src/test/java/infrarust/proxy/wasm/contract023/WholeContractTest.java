package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.PluginMetadata;
import infrarust.proxy.config.EventSettings;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.wasm.CallLimits;
import infrarust.proxy.wasm.CapabilityGate;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginActor;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A component that imports every function of the contract: each is compared with the Java that serves it when they are linked. */
@Timeout(60)
class WholeContractTest {

    private static final Path COMPONENT = Path.of("..", "guest", "fixtures", "plugins", "whole-contract.wasm");

    /** The one import that is not served yet, so that all others can be looked at. */
    @WitInterface("infrarust:plugin/codec-registry@0.2.3")
    interface CodecRegistry {

        record CodecFilterMetadata(String id, int priority, List<String> after, List<String> before) {}

        void registerCodecFilter(CodecFilterMetadata metadata, long factory);

        void unregisterCodecFilter(String id);
    }

    private static final class NoCodecs implements CodecRegistry {

        @Override
        public void registerCodecFilter(CodecFilterMetadata metadata, long factory) {}

        @Override
        public void unregisterCodecFilter(String id) {}
    }

    @Test
    void each_import_has_the_types_of_the_contract() throws Exception {
        var clock = new FakeDeadlines();
        var logger = LoggerFactory.getLogger("plugin.whole");
        CoreEngineProvider chicory = ServiceLoader.load(CoreEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals("chicory"))
                .findFirst()
                .orElseThrow();
        try (CoreEngine engine = chicory.open(new CoreEngineSettings(Optional.empty(), Map.of("mode", "interpreter")));
                var actor = new PluginActor("whole", 16, clock, fault -> {})) {
            var host = new GuestHost(
                    new PluginScope(
                            new PluginMetadata("whole", "whole", "1.0.0"),
                            GivenServices.of(new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT), clock)),
                    new CapabilityGate(Set.of(), logger, System::nanoTime),
                    actor,
                    CallLimits.of(WasmSettings.defaults(), EventSettings.defaults()));
            Imports imports = Imports.with(MethodHandles.lookup());
            new Adapter023(host).offer(imports);
            imports.provide(MethodHandles.lookup(), CodecRegistry.class, new NoCodecs());
            Component component = Component.compile(engine, Files.readAllBytes(COMPONENT));
            try (var instance = component.instantiate(imports, new CoreLimits(16, 1000), store -> {})) {
                assertThat(instance.bind(MethodHandles.lookup(), Guest.class)).isNotNull();
            }
        }
    }
}
