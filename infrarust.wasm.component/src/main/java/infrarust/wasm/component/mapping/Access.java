package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.ComponentException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

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
    static MethodHandle entry(String getter, Class<?> carrier) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Map.Entry.class, getter, MethodType.methodType(Object.class))
                    .asType(MethodType.methodType(carrier, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of the JDK", e);
        }
    }

    /** {@link Map#entry} as {@code (carrier, carrier) -> Object}. */
    static MethodHandle newEntry(Class<?> key, Class<?> value) {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(Map.class, "entry", MethodType.methodType(Map.Entry.class, Object.class, Object.class))
                    .asType(MethodType.methodType(Object.class, key, value));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of the JDK", e);
        }
    }

    private static ComponentException invisible(String what, MethodHandles.Lookup lookup, Exception cause) {
        return new ComponentException(
                what + " is not visible to the lookup of "
                        + lookup.lookupClass().getName()
                        + "; pass MethodHandles.lookup() of the module that declares it",
                cause);
    }
}
