package infrarust.wasm.component.validate;

import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.spi.CoreExternType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does something of one type do where another is expected? (Explainer.md, "Type Checking".) Answers are {@code null} for yes
 * and a clause for no. Resources that the expected type introduces are replaced, as the comparison goes, by those found in
 * their place.
 */
// The same object is the same type; comparing further would only cost time.
@SuppressWarnings("ReferenceEquality")
final class Subtyping {

    private final Effort effort;
    private final int offset;
    private final IdentityHashMap<Identity, Identity> replaced;

    /**
     * Starts a comparison.
     *
     * @param replaced what resources of the expected type stand for; added to while comparing
     */
    Subtyping(Effort effort, int offset, IdentityHashMap<Identity, Identity> replaced) {
        this.effort = effort;
        this.offset = offset;
        this.replaced = replaced;
    }

    Subtyping(Effort effort, int offset) {
        this(effort, offset, new IdentityHashMap<>());
    }

    @Nullable
    String entity(Entity actual, Entity expected) {
        if (actual instanceof Entity.Function a && expected instanceof Entity.Function e) {
            return function(a.type(), e.type());
        }
        if (actual instanceof Entity.Instance a && expected instanceof Entity.Instance e) {
            return instance(a.type(), e.type());
        }
        if (actual instanceof Entity.Component a && expected instanceof Entity.Component e) {
            return component(a.type(), e.type());
        }
        if (actual instanceof Entity.Module a && expected instanceof Entity.Module e) {
            return module(a.type(), e.type());
        }
        if (actual instanceof Entity.Named a && expected instanceof Entity.Named e) {
            return type(a.type(), e.type());
        }
        return "expected a " + expected.sort() + " and found a " + actual.sort();
    }

    private @Nullable String module(ModuleShape actual, ModuleShape expected) {
        if (actual == expected) {
            return null;
        }
        spend(actual.imports().values());
        spend(expected.exports().values());
        return CoreSubtyping.module(actual, expected);
    }

    private void spend(Collection<CoreExternType> types) {
        for (CoreExternType type : types) {
            effort.spend(CoreSubtyping.steps(type), offset);
        }
    }

    private @Nullable String type(Type actual, Type expected) {
        if (actual instanceof ValueType a && expected instanceof ValueType e) {
            return value(a, e);
        }
        if (actual instanceof ResourceReference a && expected instanceof ResourceReference e) {
            return resource(a, e);
        }
        if (actual instanceof FunctionShape a && expected instanceof FunctionShape e) {
            return function(a, e);
        }
        if (actual instanceof InstanceShape a && expected instanceof InstanceShape e) {
            return instance(a, e);
        }
        if (actual instanceof ComponentShape a && expected instanceof ComponentShape e) {
            return component(a, e);
        }
        return expected(expected.words(), actual.words());
    }

    private static String expected(String expected, String actual) {
        return "expected " + expected + " and found " + actual;
    }

    private @Nullable String resource(@Nullable ResourceReference actual, @Nullable ResourceReference expected) {
        boolean same = actual != null && expected != null && resolve(actual.identity()) == resolve(expected.identity());
        return same ? null : "the resource types are not the same";
    }

    private Identity resolve(Identity resource) {
        Identity current = resource;
        Identity next = replaced.get(current);
        while (next != null) {
            effort.spend(offset);
            current = next;
            next = replaced.get(current);
        }
        return current;
    }

    @Nullable
    String value(ValueType actual, ValueType expected) {
        effort.spend(offset);
        if (actual == expected) {
            return null;
        }
        if (actual.kind() != expected.kind()
                || actual.primitive() != expected.primitive()
                || actual.length() != expected.length()) {
            return expected(expected.words(), actual.words());
        }
        if (expected.kind() == ValueType.Kind.OWN || expected.kind() == ValueType.Kind.BORROW) {
            return resource(actual.resource(), expected.resource());
        }
        if (actual.labels().size() != expected.labels().size()
                || actual.parts().size() != expected.parts().size()) {
            return "expected " + expected.words() + " with "
                    + Math.max(expected.labels().size(), expected.parts().size()) + " members and found "
                    + Math.max(actual.labels().size(), actual.parts().size());
        }
        effort.spend(expected.labels().size(), offset);
        for (int i = 0; i < expected.labels().size(); i++) {
            if (!actual.labels().get(i).equals(expected.labels().get(i))) {
                return expected.words() + ": expected the label '"
                        + expected.labels().get(i) + "' and found '"
                        + actual.labels().get(i) + "'";
            }
        }
        for (int i = 0; i < expected.parts().size(); i++) {
            String difference = value(actual.parts().get(i), expected.parts().get(i));
            if (difference != null) {
                String part = expected.labels().isEmpty()
                        ? Integer.toString(i)
                        : "'" + expected.labels().get(i) + "'";
                return "part " + part + " of " + expected.words() + ": " + difference;
            }
        }
        return null;
    }

    @Nullable
    String function(FunctionShape actual, FunctionShape expected) {
        if (actual == expected) {
            return null;
        }
        if (actual.async() != expected.async()) {
            return expected.async() ? "expected an async function" : "expected a function that is not async";
        }
        if (actual.names().size() != expected.names().size()) {
            return "expected " + expected.names().size() + " parameters and found "
                    + actual.names().size();
        }
        for (int i = 0; i < expected.names().size(); i++) {
            String name = expected.names().get(i);
            if (!actual.names().get(i).equals(name)) {
                return "expected a parameter called '" + name + "' and found '"
                        + actual.names().get(i) + "'";
            }
            String difference =
                    value(actual.parameters().get(i), expected.parameters().get(i));
            if (difference != null) {
                return "parameter '" + name + "': " + difference;
            }
        }
        String difference = value(actual.result(), expected.result());
        return difference == null ? null : "the result: " + difference;
    }

    @Nullable
    String instance(InstanceShape actual, InstanceShape expected) {
        if (actual == expected) {
            return null;
        }
        List<Identity> opened = open(expected.bound(), actual.exports());
        String difference = exports(actual.exports(), expected.exports());
        close(opened);
        return difference;
    }

    private @Nullable String exports(Map<String, Entity> actual, Map<String, Entity> expected) {
        for (Map.Entry<String, Entity> wanted : expected.entrySet()) {
            effort.spend(offset);
            Entity found = actual.get(wanted.getKey());
            if (found == null) {
                return "the expected export '" + wanted.getKey() + "' is missing";
            }
            String difference = entity(found, wanted.getValue());
            if (difference != null) {
                return "export '" + wanted.getKey() + "': " + difference;
            }
        }
        return null;
    }

    @Nullable
    String component(ComponentShape actual, ComponentShape expected) {
        if (actual == expected) {
            return null;
        }
        // Imports the other way round: what is expected to be offered has to do for what is really asked for.
        List<Identity> opened = open(actual.importBound(), expected.imports());
        String difference = null;
        for (Map.Entry<String, Entity> wanted : actual.imports().entrySet()) {
            effort.spend(offset);
            Entity given = expected.imports().get(wanted.getKey());
            difference = given == null
                    ? "the import '" + wanted.getKey() + "' is not expected"
                    : entity(given, wanted.getValue());
            if (difference != null) {
                difference = "import '" + wanted.getKey() + "': " + difference;
                break;
            }
        }
        if (difference == null) {
            opened.addAll(open(expected.exportBound(), actual.exports()));
            difference = exports(actual.exports(), expected.exports());
        }
        close(opened);
        return difference;
    }

    /** Replaces resources by those that are found where they should be; answers which. */
    private List<Identity> open(List<Bound> bound, Map<String, Entity> in) {
        List<Identity> opened = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            Bound wanted = bound.get(i);
            effort.spend(wanted.path().size(), offset);
            Identity found = find(in, wanted.path());
            if (found != null && found != wanted.resource() && resolve(found) != wanted.resource()) {
                replaced.put(wanted.resource(), found);
                opened.add(wanted.resource());
            }
        }
        return opened;
    }

    private void close(List<Identity> opened) {
        for (int i = 0; i < opened.size(); i++) {
            replaced.remove(opened.get(i));
        }
    }

    /** The resource at the end of a path, if there is one. */
    static @Nullable Identity find(Map<String, Entity> entities, List<String> path) {
        Map<String, Entity> current = entities;
        for (int i = 0; i < path.size(); i++) {
            Entity entity = current.get(path.get(i));
            if (i == path.size() - 1) {
                return entity instanceof Entity.Named named && named.type() instanceof ResourceReference resource
                        ? resource.identity()
                        : null;
            }
            if (!(entity instanceof Entity.Instance instance)) {
                return null;
            }
            current = instance.type().exports();
        }
        return null;
    }
}
