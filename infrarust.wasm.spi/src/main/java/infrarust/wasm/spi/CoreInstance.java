package infrarust.wasm.spi;

import java.util.Optional;

/** An instantiated core module, part of one store. */
public interface CoreInstance {

    /** The export of that name, resolved anew at each call: keep what you get. */
    Optional<CoreExtern> export(String name);
}
