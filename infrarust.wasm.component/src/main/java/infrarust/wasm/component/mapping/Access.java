package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.ComponentException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** Reaches members of the embedder's types through the lookup that he gave. */
public final class Access {

    private Access() {}

    /** A lookup with the rights of that class, if the embedder's lookup allows it; the embedder's own otherwise. */
    public static MethodHandles.Lookup in(Class<?> type, MethodHandles.Lookup lookup) {
        try {
            return MethodHandles.privateLookupIn(type, lookup);
        } catch (IllegalAccessException e) {
            // A type of another module that is only exported: its public members are enough.
            return lookup;
        }
    }

    /** A method as a handle of that type; that it is visible is checked now. */
    static DeferredHandle accessor(MethodHandles.Lookup lookup, Method method, MethodType type) {
        return deferred(
                lookup,
                method.getDeclaringClass(),
                type,
                () -> unreflect(lookup, method).asType(type));
    }

    /** The canonical constructor of a record as a handle of that type; that it is visible is checked now. */
    static DeferredHandle constructor(MethodHandles.Lookup lookup, Class<?> record, MethodType type) {
        return deferred(
                lookup, record, type, () -> canonicalConstructor(lookup, record).asType(type));
    }

    private static DeferredHandle deferred(
            MethodHandles.Lookup lookup, Class<?> owner, MethodType type, Supplier<MethodHandle> source) {
        DeferredHandle handle = new DeferredHandle(type, source);
        if (!isOpen(owner, lookup)) {
            // Only making it tells whether it is visible.
            var _ = handle.get();
        }
        return handle;
    }

    /** Whether every member of a class is visible. */
    private static boolean isOpen(Class<?> type, MethodHandles.Lookup lookup) {
        try {
            var _ = MethodHandles.privateLookupIn(type, lookup);
            return true;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    static MethodHandle unreflect(MethodHandles.Lookup lookup, Method method) {
        try {
            return in(method.getDeclaringClass(), lookup).unreflect(method);
        } catch (IllegalAccessException e) {
            throw invisible(method.toGenericString(), lookup, e);
        }
    }

    static MethodHandle canonicalConstructor(MethodHandles.Lookup lookup, Class<?> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return in(type, lookup).findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw invisible("the constructor of " + type.getName(), lookup, e);
        }
    }

    /** A getter of {@link Map.Entry} as {@code (Object) -> carrier}. */
    static DeferredHandle entry(String getter, Class<?> carrier) {
        MethodType type = MethodType.methodType(carrier, Object.class);
        return new DeferredHandle(type, () -> {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(Map.Entry.class, getter, MethodType.methodType(Object.class))
                        .asType(type);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a method of the JDK", e);
            }
        });
    }

    /** {@link Map#entry} as {@code (carrier, carrier) -> Object}. */
    static DeferredHandle newEntry(Class<?> key, Class<?> value) {
        MethodType type = MethodType.methodType(Object.class, key, value);
        return new DeferredHandle(type, () -> {
            try {
                return MethodHandles.publicLookup()
                        .findStatic(
                                Map.class, "entry", MethodType.methodType(Map.Entry.class, Object.class, Object.class))
                        .asType(type);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a method of the JDK", e);
            }
        });
    }

    private static ComponentException invisible(String what, MethodHandles.Lookup lookup, Exception cause) {
        return new ComponentException(
                what + " is not visible to the lookup of "
                        + lookup.lookupClass().getName()
                        + "; pass MethodHandles.lookup() of the module that declares it",
                cause);
    }
}
