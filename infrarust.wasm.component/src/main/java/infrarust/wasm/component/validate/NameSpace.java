package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.ExternNames;
import infrarust.wasm.component.type.ComponentException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the imports or of the exports of one scope (Explainer.md, "Name Uniqueness"; Binary.md, "Import and Export
 * Definitions").
 */
final class NameSpace {

    private final String what;
    private final Map<String, String> taken = new HashMap<>();
    private final Set<String> resourceNames = new HashSet<>();
    private final IdentityHashMap<Type, String> resources = new IdentityHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param what {@code import} or {@code export}
     */
    NameSpace(String what) {
        this.what = what;
    }

    /** Takes a name, which has to differ from all before by more than case. */
    void take(String name, int offset) {
        if (name.isEmpty()) {
            throw new ComponentException("the name of an " + what + " is empty", offset);
        }
        ExternNames.check(name, what.equals("import"), offset);
        String other = taken.putIfAbsent(ExternNames.canonical(name), name);
        if (other != null) {
            throw new ComponentException(
                    "the " + what + " name '" + name + "' conflicts with the previous name '" + other + "'", offset);
        }
    }

    /** A resource is known under this name from here on. */
    void addResource(String name, ResourceReference resource) {
        resourceNames.add(name);
        resources.put(resource, name);
    }

    /** Checks that a name which says that it is a resource's function is one. */
    void checkAnnotation(String name, Entity entity, int offset) {
        if (!name.startsWith("[")) {
            return;
        }
        ExternNames.Kind kind = ExternNames.kind(name);
        if (!(entity instanceof Entity.Function function)) {
            throw new ComponentException("'" + name + "' is not a function and has the name of one", offset);
        }
        FunctionShape type = function.type();
        String resource = ExternNames.resource(name);
        switch (kind) {
            case CONSTRUCTOR -> checkOwner(name, resource, constructed(name, type, offset), offset);
            case METHOD -> checkOwner(name, resource, self(name, type, offset), offset);
            default -> {
                if (!resourceNames.contains(resource)) {
                    throw new ComponentException(
                            "'" + name + "' is a static function of a resource that has no " + what + " here", offset);
                }
            }
        }
    }

    private static @Nullable ResourceReference constructed(String name, FunctionShape type, int offset) {
        ValueType result = type.result();
        if (result.kind() == ValueType.Kind.NONE) {
            throw new ComponentException("the constructor '" + name + "' returns nothing", offset);
        }
        ValueType made = result.kind() == ValueType.Kind.RESULT ? result.parts().getFirst() : result;
        if (made.kind() != ValueType.Kind.OWN) {
            throw new ComponentException(
                    "the constructor '" + name + "' has to return (own $T) or (result (own $T)) and returns "
                            + result.words(),
                    offset);
        }
        return made.resource();
    }

    private static @Nullable ResourceReference self(String name, FunctionShape type, int offset) {
        if (type.parameters().isEmpty()) {
            throw new ComponentException("the method '" + name + "' has no parameter", offset);
        }
        if (!type.names().getFirst().equals("self")) {
            throw new ComponentException(
                    "the first parameter of the method '" + name + "' has to be called self and is called "
                            + type.names().getFirst(),
                    offset);
        }
        ValueType self = type.parameters().getFirst();
        if (self.kind() != ValueType.Kind.BORROW) {
            throw new ComponentException(
                    "the first parameter of the method '" + name + "' has to be (borrow $T) and is " + self.words(),
                    offset);
        }
        return self.resource();
    }

    private void checkOwner(String name, String expected, @Nullable ResourceReference resource, int offset) {
        String found = resource == null ? null : resources.get(resource);
        if (found == null) {
            throw new ComponentException(
                    "the resource of '" + name + "' has no name among the " + what + "s here", offset);
        }
        if (!found.equals(expected)) {
            throw new ComponentException(
                    "'" + name + "' is a function of the resource '" + found + "', which its name does not say",
                    offset);
        }
    }
}
