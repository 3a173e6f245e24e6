package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * The core signature of a component function (CanonicalABI.md, {@code flatten_functype}).
 *
 * @param parameters flat types of the parameters, cut off as {@link Layout#flatten} does; whether or not they are spilled
 * @param results flat types of the result, whether or not it is spilled
 * @param lifted the type of the core function that {@code canon lift} takes
 * @param lowered the type of the core function that {@code canon lower} makes
 */
public record Signature(
        List<CoreValueType> parameters,
        List<CoreValueType> results,
        CoreFunctionType lifted,
        CoreFunctionType lowered) {

    /** Flattens a function type. */
    public static Signature of(FunctionType type) {
        List<CoreValueType> parameters = Layout.flatten(type.parameterTypes());
        List<CoreValueType> results = type.result().map(Layout::flatten).orElse(List.of());
        List<CoreValueType> coreParameters =
                parameters.size() > Layout.MAX_FLAT_PARAMS ? List.of(CoreValueType.I32) : parameters;
        if (results.size() <= Layout.MAX_FLAT_RESULTS) {
            CoreFunctionType both = new CoreFunctionType(coreParameters, results);
            return new Signature(parameters, results, both, both);
        }
        List<CoreValueType> withReturnArea = new ArrayList<>(coreParameters);
        withReturnArea.add(CoreValueType.I32);
        return new Signature(
                parameters,
                results,
                new CoreFunctionType(coreParameters, List.of(CoreValueType.I32)),
                new CoreFunctionType(withReturnArea, List.of()));
    }

    /** Flattens the type of a function that is lifted or lowered with the option async, or without it. */
    public static Signature of(FunctionType type, boolean async) {
        Signature sync = of(type);
        if (!async) {
            return sync;
        }
        List<CoreValueType> lowered = new ArrayList<>(
                sync.parameters.size() > Layout.MAX_FLAT_ASYNC_PARAMS ? List.of(CoreValueType.I32) : sync.parameters);
        if (!sync.results.isEmpty()) {
            lowered.add(CoreValueType.I32);
        }
        return new Signature(
                sync.parameters,
                sync.results,
                new CoreFunctionType(sync.lifted.parameters(), List.of()),
                new CoreFunctionType(lowered, List.of(CoreValueType.I32)));
    }

    /** Whether the parameters go through memory; a lower with the option async has a limit of its own. */
    public boolean spillsParameters() {
        return parameters.size() > Layout.MAX_FLAT_PARAMS;
    }

    /** Whether the result goes through memory. */
    public boolean spillsResult() {
        return results.size() > Layout.MAX_FLAT_RESULTS;
    }

    /** Whether lifting (a guest's export called by the host) has to allocate in the guest's memory. */
    public static boolean liftAllocates(FunctionType type) {
        return of(type).spillsParameters() || type.parameterTypes().stream().anyMatch(Signature::hasPointer);
    }

    /** Whether lowering (a host function called by the guest) has to allocate in the guest's memory. */
    public static boolean lowerAllocates(FunctionType type) {
        return type.result().filter(Signature::hasPointer).isPresent();
    }

    /** Whether values of this function go through memory at all. */
    public static boolean needsMemory(FunctionType type) {
        Signature signature = of(type);
        return signature.spillsParameters()
                || signature.spillsResult()
                || type.parameterTypes().stream().anyMatch(Signature::hasPointer)
                || type.result().filter(Signature::hasPointer).isPresent();
    }

    /**
     * Whether lifting needs a memory; the option async makes of the result the parameters of {@code task.return}, so that more of
     * it does without.
     */
    public static boolean liftNeedsMemory(FunctionType type, boolean async) {
        if (!async) {
            return needsMemory(type);
        }
        return liftAllocates(type)
                || of(type).results.size() > Layout.MAX_FLAT_PARAMS
                || type.result().filter(Signature::hasPointer).isPresent();
    }

    private static boolean hasPointer(WitType type) {
        return type.contains(part ->
                part == WitType.Primitive.STRING || part instanceof WitType.ListOf || part instanceof WitType.MapOf);
    }
}
