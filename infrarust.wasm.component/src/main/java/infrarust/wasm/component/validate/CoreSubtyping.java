package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matching of core types (core specification, 3.4 "Matching"); answers as {@link Subtyping} does. */
// The unknown function is one object, which equals others that it is not.
@SuppressWarnings("ReferenceEquality")
final class CoreSubtyping {

    private CoreSubtyping() {}

    static @Nullable String module(ModuleShape actual, ModuleShape expected) {
        for (Map.Entry<ModuleShape.Key, CoreExternType> wanted :
                actual.imports().entrySet()) {
            CoreExternType given = expected.imports().get(wanted.getKey());
            String difference = given == null ? "it is not expected" : extern(given, wanted.getValue());
            if (difference != null) {
                return "core import " + wanted.getKey() + ": " + difference;
            }
        }
        for (Map.Entry<String, CoreExternType> wanted : expected.exports().entrySet()) {
            CoreExternType found = actual.exports().get(wanted.getKey());
            String difference = found == null ? "it is missing" : extern(found, wanted.getValue());
            if (difference != null) {
                return "core export '" + wanted.getKey() + "': " + difference;
            }
        }
        return null;
    }

    /** How much there is to compare with a type. */
    static int steps(CoreExternType type) {
        if (type instanceof CoreExternType.Function function) {
            return steps(function.type());
        }
        return type instanceof CoreExternType.Tag tag ? steps(tag.type()) : 1;
    }

    private static int steps(CoreFunctionType type) {
        return 1 + type.parameters().size() + type.results().size();
    }

    static @Nullable String extern(CoreExternType actual, CoreExternType expected) {
        if (actual == Validator.UNKNOWN_FUNCTION && expected instanceof CoreExternType.Function) {
            return null;
        }
        if (actual instanceof CoreExternType.Function a && expected instanceof CoreExternType.Function e) {
            return a.type().equals(e.type()) ? null : "expected the type " + e.type() + " and found " + a.type();
        }
        if (actual instanceof CoreExternType.Table a && expected instanceof CoreExternType.Table e) {
            if (a.elementType() != e.elementType()) {
                return "expected a table of " + e.elementType() + " and found one of " + a.elementType();
            }
            return limits(a.limits(), e.limits()) ? null : "the limits of the tables do not match";
        }
        if (actual instanceof CoreExternType.Memory a && expected instanceof CoreExternType.Memory e) {
            if (a.shared() != e.shared()) {
                return "one memory is shared and the other is not";
            }
            if (a.memory64() != e.memory64()) {
                return "one memory has addresses of 64 bits and the other has not";
            }
            return limits(a.limits(), e.limits()) ? null : "the limits of the memories do not match";
        }
        if (actual instanceof CoreExternType.Global a && expected instanceof CoreExternType.Global e) {
            if (a.mutable() != e.mutable()) {
                return "one global is mutable and the other is not";
            }
            return a.type() == e.type() ? null : "expected a global of " + e.type() + " and found one of " + a.type();
        }
        if (actual instanceof CoreExternType.Tag a && expected instanceof CoreExternType.Tag e) {
            return a.type().equals(e.type()) ? null : "expected a tag of " + e.type() + " and found one of " + a.type();
        }
        return "expected a " + Sort.of(expected) + " and found a " + Sort.of(actual);
    }

    private static boolean limits(CoreExternType.Limits actual, CoreExternType.Limits expected) {
        if (Long.compareUnsigned(actual.minimum(), expected.minimum()) < 0) {
            return false;
        }
        if (expected.maximum().isEmpty()) {
            return true;
        }
        return actual.maximum().isPresent()
                && Long.compareUnsigned(
                                actual.maximum().get(), expected.maximum().get())
                        <= 0;
    }
}
