package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guest code that runs while an instance is made. */
class StartTest {

    /**
     * {@code (component (core module $m (func $f (loop (br 0))) (start $f)) (core instance (instantiate $m)))}, without names.
     */
    private static final byte[] SPINNING = HexFormat.of()
            .parseHex("0061736d0d000100" + "0120" + "0061736d01000000010401600000030201000801000a0901070003400c000b0b"
                    + "020401000000");

    @Test
    @Timeout(60)
    void can_be_stopped_when_it_never_ends() throws Exception {
        AtomicReference<CoreStore> watched = new AtomicReference<>();
        Thread watchdog = Thread.ofPlatform().start(() -> {
            CoreStore store;
            while ((store = watched.get()) == null || store.runningCall() == 0) {
                Thread.onSpinWait();
            }
            assertThat(store.interrupt(store.runningCall())).isTrue();
        });
        try (CoreEngine engine = Engines.chicory()) {
            Component component = Component.compile(engine, SPINNING);
            assertThatThrownBy(() -> component.instantiate(
                            Imports.with(MethodHandles.lookup()), CoreLimits.defaults(), watched::set))
                    .isInstanceOf(CoreTrap.Interrupted.class);
        }
        watchdog.join();
        assertThat(watched.get().isPoisoned()).isTrue();
    }
}
