package infrarust.wasm.component.wit;

import infrarust.wasm.component.validate.Entity;
import infrarust.wasm.component.validate.ResourceReference;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.component.validate.Type;
import infrarust.wasm.component.validate.ValueType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each named type was first introduced, over all interfaces and the world: first they are added, then asked for. */
final class TypeNames {

    /** A type by the name of an interface (or the world's, which is empty) and its own. */
    record Place(String owner, String name) {}

    private final IdentityHashMap<ValueType, Place> values = new IdentityHashMap<>();
    private final IdentityHashMap<Identity, Place> resources = new IdentityHashMap<>();

    private final IdentityHashMap<ValueType, @Nullable ValueType> nextPlaced = new IdentityHashMap<>();

    void addAll(String owner, Map<String, Entity> entities) {
        entities.forEach((name, entity) -> {
            if (entity instanceof Entity.Named(Type type)) {
                add(type, new Place(owner, name));
            }
        });
    }

    private void add(Type type, Place place) {
        if (type instanceof ValueType value) {
            values.putIfAbsent(value, place);
        } else if (type instanceof ResourceReference(Identity identity)) {
            resources.putIfAbsent(identity, place);
        }
    }

    /** What the type at a place is another name of, if it is. */
    @Nullable
    Place origin(Type type, Place place) {
        if (type instanceof ResourceReference(Identity identity)) {
            Place first = resources.get(identity);
            return place.equals(first) ? null : first;
        }
        if (type instanceof ValueType value) {
            for (ValueType origin = placed(value); origin != null; origin = placed(origin)) {
                Place found = values.get(origin);
                if (!place.equals(found)) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The next type with a place that this is another name of. The way there may be long, and is gone once. */
    private @Nullable ValueType placed(ValueType value) {
        List<ValueType> passed = new ArrayList<>();
        passed.add(value);
        ValueType next = nextPlaced.getOrDefault(value, value.origin());
        while (next != null && !values.containsKey(next)) {
            passed.add(next);
            next = nextPlaced.getOrDefault(next, next.origin());
        }
        for (ValueType on : passed) {
            nextPlaced.put(on, next);
        }
        return next;
    }
}
