package infrarust.wasm.component;

import infrarust.wasm.component.fuzz.FuzzTarget;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreFeature;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Loads any bytes as a component: decoding, validation, resolution and printing, without running it. */
public final class DecoderTarget implements FuzzTarget {

    private static final List<String> FILES =
            List.of("values.wasm", "misdeeds.wasm", "lists.wasm", "values-latin1.wasm");

    private final KnownModules engine = new KnownModules();

    /** Learns the core modules of the seeds. */
    public DecoderTarget() {
        try (CoreEngine real = Engines.chicory()) {
            engine.learnFrom = real;
            seeds().forEach(seed -> Component.compile(engine, seed));
            engine.learnFrom = null;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return FILES.stream().map(Resources::bytes).toList();
    }

    @Override
    public void accept(byte[] input) {
        attempt(() -> Component.compile(engine, input).type().toString());
        // Reads what other engines may like better, and what is refused as not supported.
        attempt(() -> Wit.of(input));
    }

    private static void attempt(Supplier<String> reading) {
        try {
            if (reading.get().isEmpty()) {
                throw new AssertionError("a component that says nothing of itself");
            }
        } catch (ComponentException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }

    /** An engine that knows the modules of the seeds and refuses all others: what engines do with bytes is not tried here. */
    private static final class KnownModules implements CoreEngine {

        private final Map<ByteBuffer, CoreModule> modules = new HashMap<>();
        private @org.jspecify.annotations.Nullable CoreEngine learnFrom;

        @Override
        public String description() {
            return "fuzz";
        }

        @Override
        public Set<CoreFeature> features() {
            return Set.of();
        }

        @Override
        public CoreModule compile(byte[] wasm) {
            CoreModule known = modules.get(ByteBuffer.wrap(wasm));
            if (known != null) {
                return known;
            }
            if (learnFrom == null) {
                throw new CoreModuleException("an unknown module");
            }
            CoreModule module = learnFrom.compile(wasm);
            modules.put(ByteBuffer.wrap(wasm.clone()), module);
            return module;
        }

        @Override
        public CoreStore newStore(CoreLimits limits) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
