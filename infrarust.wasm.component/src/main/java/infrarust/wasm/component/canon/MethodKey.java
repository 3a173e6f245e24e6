package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * What a method of a plan does that several places call: equal keys share one method. A mapping is compared by identity, since a
 * mapper answers the same one for the same pair of types. Not a record: the code that a record's comparison is made of would be
 * spun anew for every kind of type at each start.
 */
@SuppressWarnings("ReferenceEquality") // see above
final class MethodKey {

    private final String stem;
    private final @Nullable Mapping mapping;
    private final Options options;
    private final boolean lend;

    /** A method for one type. */
    MethodKey(String stem, Mapping mapping, Options options, boolean lend) {
        this.stem = stem;
        this.mapping = mapping;
        this.options = options;
        this.lend = lend;
    }

    /** A method that serves any type. */
    MethodKey(String stem, Options options) {
        this.stem = stem;
        this.mapping = null;
        this.options = options;
        this.lend = false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MethodKey key
                && mapping == key.mapping
                && lend == key.lend
                && stem.equals(key.stem)
                && options.encoding() == key.options.encoding()
                && options.memory() == key.options.memory()
                && options.realloc() == key.options.realloc()
                && options.postReturn() == key.options.postReturn()
                && options.async() == key.options.async();
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(mapping) * 31 + stem.hashCode();
    }
}
