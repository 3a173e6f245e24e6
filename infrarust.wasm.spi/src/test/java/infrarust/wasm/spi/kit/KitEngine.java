package infrarust.wasm.spi.kit;

import infrarust.wasm.spi.CoreEngine;

/**
 * Where the engine under test comes from. A provider extends this once for each way in which it can be set up, with a default
 * method, and adds that to a subclass of each class of the kit.
 */
public interface KitEngine {

    /** Opens the engine, which the caller closes. */
    CoreEngine open();
}
