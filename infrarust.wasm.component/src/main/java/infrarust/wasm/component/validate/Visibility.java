package infrarust.wasm.component.validate;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which types have a name that is visible from outside (Explainer.md, "External Visibility of Types"). */
final class Visibility {

    private final Effort effort;

    Visibility(Effort effort) {
        this.effort = effort;
    }

    /** Checks that all types used by an import or export have such names, and gives names to the types that it exports. */
    void check(Scope scope, String name, Entity entity, boolean isImport, int offset) {
        // What an instance type lacks is found where it is used for an import or export.
        if (scope.kind != Scope.Kind.INSTANCE_TYPE && !register(scope, entity, isImport, offset)) {
            throw new ComponentException(
                    "the " + entity.sort() + " '" + name + "' cannot be " + (isImport ? "imported" : "exported")
                            + ": it uses a type that has no name among the "
                            + (isImport ? "imports" : "imports and exports")
                            + " so far",
                    offset);
        }
    }

    private boolean register(Scope scope, Entity entity, boolean isImport, int offset) {
        effort.spend(offset);
        Set<Type> visible = isImport ? scope.visibleToImports : scope.visibleToExports;
        if (entity instanceof Entity.Named named) {
            if (!partsVisible(named.type(), visible, offset)) {
                return false;
            }
            scope.visibleToExports.add(named.type());
            if (isImport) {
                scope.visibleToImports.add(named.type());
            }
            return true;
        }
        if (entity instanceof Entity.Function function) {
            return partsVisible(function.type(), visible, offset);
        }
        if (entity instanceof Entity.Instance instance) {
            for (Entity export : instance.type().exports().values()) {
                if (!register(scope, export, isImport, offset)) {
                    return false;
                }
            }
        }
        // Components and modules stand for themselves.
        return true;
    }

    /** Whether everything is visible that a type is made of; the type itself need not be. */
    private boolean partsVisible(Type type, Set<Type> visible, int offset) {
        if (type instanceof ValueType value) {
            ResourceReference resource = value.resource();
            return resource == null ? allVisible(value.parts(), visible, offset) : visible.contains(resource);
        }
        if (type instanceof FunctionShape function) {
            return allVisible(function.parameters(), visible, offset) && isVisible(function.result(), visible, offset);
        }
        if (type instanceof InstanceShape instance) {
            for (Entity export : instance.exports().values()) {
                effort.spend(offset);
                if (export instanceof Entity.Typed typed && !partsVisible(typed.type(), visible, offset)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean allVisible(List<ValueType> types, Set<Type> visible, int offset) {
        for (int i = 0; i < types.size(); i++) {
            if (!isVisible(types.get(i), visible, offset)) {
                return false;
            }
        }
        return true;
    }

    private boolean isVisible(ValueType type, Set<Type> visible, int offset) {
        effort.spend(offset);
        return type.kind().isNamed() ? visible.contains(type) : partsVisible(type, visible, offset);
    }

    /** Whether a type refers to a resource that it does not introduce itself. */
    boolean refersToResources(Type type, int offset) {
        return free(type, Collections.newSetFromMap(new IdentityHashMap<>()), offset);
    }

    private boolean free(Type type, Set<Identity> bound, int offset) {
        effort.spend(offset);
        if (!type.mentionsResources()) {
            return false;
        }
        if (type instanceof ResourceReference resource) {
            return !bound.contains(resource.identity());
        }
        if (type instanceof ValueType value) {
            return free(value, bound, offset);
        }
        if (type instanceof FunctionShape function) {
            for (int i = 0; i < function.parameters().size(); i++) {
                if (free(function.parameters().get(i), bound, offset)) {
                    return true;
                }
            }
            return free(function.result(), bound, offset);
        }
        if (type instanceof InstanceShape instance) {
            add(instance.bound(), bound);
            return free(instance.exports(), bound, offset);
        }
        ComponentShape component = (ComponentShape) type;
        add(component.importBound(), bound);
        add(component.exportBound(), bound);
        return free(component.imports(), bound, offset) || free(component.exports(), bound, offset);
    }

    private boolean free(ValueType value, Set<Identity> bound, int offset) {
        @Nullable ResourceReference resource = value.resource();
        if (resource != null) {
            return !bound.contains(resource.identity());
        }
        for (int i = 0; i < value.parts().size(); i++) {
            if (free((Type) value.parts().get(i), bound, offset)) {
                return true;
            }
        }
        return false;
    }

    private boolean free(Map<String, Entity> entities, Set<Identity> bound, int offset) {
        for (Entity entity : entities.values()) {
            if (!(entity instanceof Entity.Typed typed)) {
                effort.spend(offset);
            } else if (free(typed.type(), bound, offset)) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<Bound> bound, Set<Identity> to) {
        for (int i = 0; i < bound.size(); i++) {
            to.add(bound.get(i).resource());
        }
    }
}
