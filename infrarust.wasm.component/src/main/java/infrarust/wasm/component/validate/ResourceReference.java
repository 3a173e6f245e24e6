package infrarust.wasm.component.validate;

import org.jspecify.annotations.Nullable;

/**
 * A resource under one of its names. Two references mean the same type if their {@link #identity()} is the same.
 *
 * @param identity the resource
 */
public record ResourceReference(Identity identity) implements Type {

    /** A resource: each of these is a type different from all others (Explainer.md, "Type Checking"). */
    public static final class Identity {}

    @Override
    public String words() {
        return "a resource";
    }

    @Override
    public boolean mentionsResources() {
        return true;
    }

    @Override
    public boolean mentionsNames() {
        return true;
    }

    /** References differ by name, that is by object, and not by what they refer to. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
