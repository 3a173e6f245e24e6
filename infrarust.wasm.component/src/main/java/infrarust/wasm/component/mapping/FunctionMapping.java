package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.FunctionType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A component function together with the Java method that stands for it, if one does.
 *
 * @param name the WIT name within its interface, for example {@code [method]player.id}
 * @param type the WIT side
 * @param method the Java side, or none where all of Java's side are the mappings
 * @param parameters one per WIT parameter; for a method of a resource the first is the resource itself
 */
public record FunctionMapping(
        String name, FunctionType type, Optional<Method> method, List<Mapping> parameters, Optional<Mapping> result) {

    private static final String METHOD = "[method]";

    /** The resource's name if a function is a method of one, as in {@code [method]player.id}. */
    public static Optional<String> resourceOf(String function) {
        int dot = function.indexOf('.');
        return function.startsWith(METHOD) && dot > 0
                ? Optional.of(function.substring(METHOD.length(), dot))
                : Optional.empty();
    }

    /** Whether the first argument is the Java object whose method stands for the function. */
    public boolean isMethod() {
        return method.isPresent() && resourceOf(name).isPresent();
    }

    /** Finds the Java method that stands for a WIT function. */
    public static Optional<Method> find(Class<?> type, String function) {
        String simple = resourceOf(function)
                .map(r -> function.substring(function.indexOf('.') + 1))
                .orElse(function);
        String javaName = simple.startsWith("[") ? "" : Names.camel(simple);
        for (Method method : type.getMethods()) {
            boolean candidate = !Modifier.isStatic(method.getModifiers()) && !method.isBridge();
            if (candidate && Names.matches(method, method.getName(), simple, javaName)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /**
     * Compares a method with a function.
     *
     * @param isImport whether the guest calls the Java method, and not the other way round
     * @param place the function and its interface, for errors
     * @throws ComponentException if they do not fit; the message names the place and both types
     */
    public static FunctionMapping of(
            TypeMapper mapper, String name, FunctionType type, Method method, boolean isImport, String place) {
        int self = resourceOf(name).isPresent() ? 1 : 0;
        Type[] parameters = method.getGenericParameterTypes();
        if (parameters.length + self != type.parameters().size()) {
            throw new ComponentException(place + ": the component has " + type + ", the Java method is "
                    + method.toGenericString() + "; the number of parameters differs");
        }
        TypeMapper.Direction inward = isImport ? TypeMapper.Direction.FROM_GUEST : TypeMapper.Direction.TO_GUEST;
        TypeMapper.Direction outward = isImport ? TypeMapper.Direction.TO_GUEST : TypeMapper.Direction.FROM_GUEST;
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < type.parameters().size(); i++) {
            FunctionType.Parameter parameter = type.parameters().get(i);
            Type java = i < self ? method.getDeclaringClass() : parameters[i - self];
            if (i < self) {
                mappings.add(mapper.self(parameter.type(), place));
            } else {
                mappings.add(mapper.map(parameter.type(), java, inward, place + ", parameter " + parameter.name()));
            }
        }
        Type returned = method.getGenericReturnType();
        if (type.result().isEmpty() != (returned == void.class)) {
            throw new ComponentException(place + ": the component has " + type + ", the Java method is "
                    + method.toGenericString() + "; one returns a value, the other none");
        }
        Optional<Mapping> result = type.result().map(wit -> mapper.map(wit, returned, outward, place + ", result"));
        return new FunctionMapping(name, type, Optional.of(method), mappings, result);
    }

    /** The Java method as a handle {@code (Object receiver, carriers…) -> carrier}. */
    public DeferredHandle erasedHandle(MethodHandles.Lookup lookup) {
        List<Class<?>> parameterCarriers = new ArrayList<>();
        parameterCarriers.add(Object.class);
        for (int i = isMethod() ? 1 : 0; i < parameters.size(); i++) {
            parameterCarriers.add(parameters.get(i).carrier());
        }
        Class<?> returned = result.<Class<?>>map(Mapping::carrier).orElse(void.class);
        return Access.accessor(lookup, method.orElseThrow(), MethodType.methodType(returned, parameterCarriers));
    }
}
