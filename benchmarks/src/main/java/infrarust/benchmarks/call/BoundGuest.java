package infrarust.benchmarks.call;

import infrarust.benchmarks.GuestFile;
import infrarust.benchmarks.call.BenchWorld.Guest;
import infrarust.benchmarks.call.BenchWorld.Host;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;

/** The guest through the component layer, as an embedder would. */
final class BoundGuest implements AutoCloseable {

    final Guest guest;
    private final ComponentInstance instance;

    BoundGuest(Component component) {
        instance = component.instantiate(
                Imports.with(MethodHandles.lookup()).provide(Host.class, value -> value), CoreLimits.defaults());
        guest = instance.bind(Guest.class);
    }

    static Component compile(GuestFile file) {
        return Component.compile(BenchWorld.engine(), file.bytes());
    }

    @Override
    public void close() {
        instance.close();
    }
}
