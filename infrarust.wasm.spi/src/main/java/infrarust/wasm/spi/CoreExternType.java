package infrarust.wasm.spi;

import java.util.Optional;

/** The type of an import or export. */
public sealed interface CoreExternType {

    /** A table; element types are opaque here since tables only pass through. */
    record Table(CoreValueType elementType, Limits limits) implements CoreExternType {}

    /** A linear memory; limits in pages of 64 KiB. */
    record Memory(Limits limits, boolean shared, boolean memory64) implements CoreExternType {}

    /** A global. */
    record Global(CoreValueType type, boolean mutable) implements CoreExternType {}

    /** An exception tag. */
    record Tag(CoreFunctionType type) implements CoreExternType {}

    /** A function. */
    record Function(CoreFunctionType type) implements CoreExternType {

        // Written out as in CoreFunctionType, and for the same reason.

        @Override
        public boolean equals(Object other) {
            return other instanceof Function function && type.equals(function.type);
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }
    }

    /** Lower and optional upper bound. */
    record Limits(long minimum, Optional<Long> maximum) {}
}
