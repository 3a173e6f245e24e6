package infrarust.wasm.spi;

import java.lang.invoke.MethodType;
import java.util.List;

/** Parameters and results of a core function. */
public record CoreFunctionType(List<CoreValueType> parameters, List<CoreValueType> results) {

    public CoreFunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    // Written out because types are compared while a process starts, and a record's own equals takes a cold JVM 5 ms to
    // set up.

    @Override
    public boolean equals(Object other) {
        return other instanceof CoreFunctionType type
                && parameters.equals(type.parameters)
                && results.equals(type.results);
    }

    @Override
    public int hashCode() {
        return 31 * parameters.hashCode() + results.hashCode();
    }

    /** Slots that {@link CoreFunction#call(long[])} needs: the larger of the two counts. */
    public int slots() {
        return Math.max(parameters.size(), results.size());
    }

    /**
     * The Java type of {@link CoreFunction#handle()}: the receiver, then each parameter in its carrier type.
     *
     * @throws IllegalStateException for more than one result or a type that does not cross into Java
     */
    public MethodType handleType() {
        if (results.size() > 1) {
            throw new IllegalStateException("a function with " + results.size() + " results has no exact handle");
        }
        Class<?> result = results.isEmpty() ? void.class : results.getFirst().carrier();
        return MethodType.methodType(
                        result, parameters.stream().map(CoreValueType::carrier).toList())
                .insertParameterTypes(0, Object.class);
    }

    @Override
    public String toString() {
        return "(" + join(parameters) + ") -> (" + join(results) + ")";
    }

    private static String join(List<CoreValueType> types) {
        return String.join(
                " ",
                types.stream()
                        .map(t -> t.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }
}
