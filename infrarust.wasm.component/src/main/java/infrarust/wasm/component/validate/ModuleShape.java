package infrarust.wasm.component.validate;

import infrarust.wasm.spi.CoreExternType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The type of a core module.
 *
 * @param imports by their two names
 * @param exports by name
 */
public record ModuleShape(Map<Key, CoreExternType> imports, Map<String, CoreExternType> exports) {

    /** The two names of an import. */
    public record Key(String module, String name) {

        /** Spelled out: what a record gets by itself is slow the first time. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && module.equals(key.module) && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return 31 * module.hashCode() + name.hashCode();
        }

        @Override
        public String toString() {
            return "'" + module + "' '" + name + "'";
        }
    }

    /**
     * What keeps a module of this type from standing where another type is expected (core specification, 3.4 "Matching"): fewer
     * exports, more imports, or one of another type.
     */
    public Optional<String> difference(ModuleShape expected) {
        return Optional.ofNullable(CoreSubtyping.module(this, expected));
    }
}
