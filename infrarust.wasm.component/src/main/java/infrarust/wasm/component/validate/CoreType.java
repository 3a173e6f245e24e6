package infrarust.wasm.component.validate;

import infrarust.wasm.spi.CoreFunctionType;

/** An entry of the index space of core types. */
sealed interface CoreType {

    record Function(CoreFunctionType type) implements CoreType {}

    record Module(ModuleShape type) implements CoreType {}

    /** A type that is refused by name later. */
    record Unsupported() implements CoreType {}
}
