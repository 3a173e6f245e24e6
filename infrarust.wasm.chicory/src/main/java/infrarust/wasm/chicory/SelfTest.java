package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.Parser;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.util.HexFormat;
import java.util.List;

/**
 * Asks whether the compiler's inner classes are still what we take them for, with one tiny module: an exact handle must
 * answer right, and a checkpoint must see the alarm.
 */
final class SelfTest {

    /**
     * Imports a function {@code () -> ()} and exports {@code f (i32) -> i32}: calls the import in a loop of as many turns as
     * its argument says, and answers 42.
     */
    private static final byte[] MODULE = HexFormat.of()
            .parseHex("0061736d01000000" + "0109026000006001" + "7f017f" + "0207010168017000" + "00" + "03020101"
                    + "07050101660001" + "0a1401120003401000200041016b22000d000b412a0b");

    private SelfTest() {}

    /** Runs it. Throws whatever goes wrong. */
    static void run(ChicoryEngine engine) throws Throwable {
        CompiledCode compiled = ModuleCompiler.compile(Parser.parse(MODULE), List.of(), ModuleKey.of(MODULE));
        ChicoryModule module = ChicoryModule.of(engine, MODULE, compiled);
        try (CoreStore store = engine.newStore(CoreLimits.defaults())) {
            int[] turns = {0};
            CoreFunction host = store.hostFunction(new CoreFunctionType(List.of(), List.of()), io -> {
                if (++turns[0] == 3) {
                    store.interrupt(store.runningCall());
                }
            });
            CoreFunction f = (CoreFunction)
                    store.instantiate(module, List.of(host)).export("f").orElseThrow();
            if (!f.type().equals(new CoreFunctionType(List.of(CoreValueType.I32), List.of(CoreValueType.I32)))
                    || (int) f.handle().invokeExact(f.receiver(), 2) != 42) {
                throw new IllegalStateException("a compiled function answers wrong");
            }
            try {
                int answer = (int) f.handle().invokeExact(f.receiver(), 5);
                throw new IllegalStateException("a compiled loop was not stopped and answered " + answer);
            } catch (CoreTrap.Interrupted e) {
                // As it should.
            }
        }
    }
}
