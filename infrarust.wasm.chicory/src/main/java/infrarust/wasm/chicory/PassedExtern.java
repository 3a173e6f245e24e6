package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreExternType;

/**
 * A table, global or tag of an instance.
 *
 * @param thing Chicory's object for it
 */
record PassedExtern(ChicoryStore store, Object thing, CoreExternType type) implements CoreExtern.Opaque {}
