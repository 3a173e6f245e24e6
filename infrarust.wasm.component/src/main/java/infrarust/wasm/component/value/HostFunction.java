package infrarust.wasm.component.value;

import java.util.List;
import java.util.Optional;

/** A function of the embedder that a guest may call. It runs on the thread that called the guest. */
@FunctionalInterface
public interface HostFunction {

    /**
     * Runs the function. An exception ends the guest's call as {@link infrarust.wasm.spi.CoreTrap.HostFailure}, as does a result
     * that the function's type does not hold.
     *
     * @param arguments one value for each parameter, of its type
     * @return a value if the function's type has a result
     */
    Optional<Value> call(List<Value> arguments);
}
