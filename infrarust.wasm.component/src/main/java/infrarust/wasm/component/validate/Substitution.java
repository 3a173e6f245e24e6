package infrarust.wasm.component.validate;

import infrarust.wasm.component.validate.ResourceReference.Identity;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts resources in the place of others, throughout types. What was one object stays one object, so that names of types stay
 * names; what does not change is shared.
 */
// What did not change is the same object. A switch over types costs its first user tens of milliseconds.
@SuppressWarnings({"ReferenceEquality", "IfChainToSwitch"})
final class Substitution {

    private final Effort effort;
    private final int offset;
    private final IdentityHashMap<Identity, Identity> replacements;
    private final IdentityHashMap<Type, Type> done = new IdentityHashMap<>();
    private boolean replacesNames;

    Substitution(Effort effort, int offset, IdentityHashMap<Identity, Identity> replacements) {
        this.effort = effort;
        this.offset = offset;
        this.replacements = replacements;
    }

    /** Puts a type in the place of another that is equal and has another name. */
    void replace(Type type, Type by) {
        if (type != by) {
            replacesNames = true;
            done.put(type, by);
        }
    }

    private boolean isUnchanged(boolean mentionsResources, boolean mentionsNames) {
        return replacesNames ? !mentionsNames : !mentionsResources;
    }

    Map<String, Entity> entities(Map<String, Entity> entities) {
        Map<String, Entity> replaced = null;
        for (Map.Entry<String, Entity> entry : entities.entrySet()) {
            Entity entity = entity(entry.getValue());
            if (entity != entry.getValue()) {
                if (replaced == null) {
                    replaced = new LinkedHashMap<>(entities);
                }
                replaced.put(entry.getKey(), entity);
            }
        }
        return replaced == null ? entities : replaced;
    }

    Entity entity(Entity entity) {
        effort.spend(offset);
        if (isUnchanged(entity.mentionsResources(), entity.mentionsNames())) {
            return entity;
        }
        if (entity instanceof Entity.Function function) {
            Type type = type(function.type());
            return type == function.type() ? entity : new Entity.Function((FunctionShape) type);
        }
        if (entity instanceof Entity.Instance instance) {
            Type type = type(instance.type());
            return type == instance.type() ? entity : new Entity.Instance((InstanceShape) type);
        }
        if (entity instanceof Entity.Component component) {
            Type type = type(component.type());
            return type == component.type() ? entity : new Entity.Component((ComponentShape) type);
        }
        if (entity instanceof Entity.Named named) {
            Type type = type(named.type());
            return type == named.type() ? entity : new Entity.Named(type);
        }
        return entity;
    }

    private Type type(Type type) {
        if (isUnchanged(type.mentionsResources(), type.mentionsNames())) {
            return type;
        }
        Type known = done.get(type);
        if (known != null) {
            return known;
        }
        effort.spend(offset);
        Type result;
        if (type instanceof ValueType value) {
            result = value(value);
        } else if (type instanceof ResourceReference resource) {
            Identity identity = replacements.get(resource.identity());
            result = identity == null ? resource : new ResourceReference(identity);
        } else if (type instanceof FunctionShape function) {
            result = function(function);
        } else if (type instanceof InstanceShape instance) {
            Map<String, Entity> exports = entities(instance.exports());
            result = exports == instance.exports()
                    ? instance
                    : new InstanceShape(
                            exports,
                            instance.bound(),
                            instance.mentionsResources(),
                            instance.mentionsNames(),
                            instance.mentionsAsync(),
                            instance.depth());
        } else {
            result = component((ComponentShape) type);
        }
        done.put(type, result);
        return result;
    }

    private ComponentShape component(ComponentShape component) {
        Map<String, Entity> imports = entities(component.imports());
        Map<String, Entity> exports = entities(component.exports());
        return imports == component.imports() && exports == component.exports()
                ? component
                : new ComponentShape(
                        imports,
                        exports,
                        component.importBound(),
                        component.exportBound(),
                        component.mentionsResources(),
                        component.mentionsNames(),
                        component.mentionsAsync(),
                        component.depth());
    }

    private FunctionShape function(FunctionShape function) {
        List<ValueType> parameters = values(function.parameters());
        ValueType result = (ValueType) type(function.result());
        return parameters == function.parameters() && result == function.result()
                ? function
                : FunctionShape.of(function.async(), function.names(), parameters, result);
    }

    private ValueType value(ValueType value) {
        ValueType origin = value.origin();
        origins(origin);
        ValueType from = origin == null ? null : (ValueType) type(origin);
        ResourceReference resource = value.resource();
        ResourceReference to = resource == null ? null : (ResourceReference) type(resource);
        List<ValueType> parts = values(value.parts());
        boolean unchanged = from == origin && to == resource && parts == value.parts();
        return unchanged ? value : value.with(parts, to, from);
    }

    /**
     * Does the types that a type is another name of, from the first one on. Names of names are no levels of a type, so there are
     * as many as the file has room for, and our stack has none for them.
     */
    private void origins(@Nullable ValueType last) {
        if (last == null || last.origin() == null) {
            return;
        }
        List<ValueType> waiting = new ArrayList<>();
        for (ValueType next = last; next != null && !done.containsKey(next); next = next.origin()) {
            effort.spend(offset);
            waiting.add(next);
        }
        for (int i = waiting.size() - 1; i >= 0; i--) {
            type(waiting.get(i));
        }
    }

    private List<ValueType> values(List<ValueType> values) {
        effort.spend(values.size(), offset);
        @Nullable List<ValueType> replaced = null;
        for (int i = 0; i < values.size(); i++) {
            ValueType value = (ValueType) type(values.get(i));
            if (value != values.get(i)) {
                if (replaced == null) {
                    replaced = new ArrayList<>(values);
                }
                replaced.set(i, value);
            }
        }
        return replaced == null ? values : replaced;
    }
}
