package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.CanonicalOptions;
import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.Definition.ResourceOperation;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.List;

/** The rules for canonical definitions (CanonicalABI.md, "Canonical Definitions"). */
// The unknown function is one object, which equals others that it is not.
@SuppressWarnings("ReferenceEquality")
final class CanonRules {

    /** Destructors and {@code resource.drop}. */
    static final CoreFunctionType I32_TO_NOTHING = new CoreFunctionType(List.of(CoreValueType.I32), List.of());

    private static final CoreFunctionType I32_TO_I32 =
            new CoreFunctionType(List.of(CoreValueType.I32), List.of(CoreValueType.I32));

    private static final CoreFunctionType REALLOC = new CoreFunctionType(
            List.of(CoreValueType.I32, CoreValueType.I32, CoreValueType.I32, CoreValueType.I32),
            List.of(CoreValueType.I32));

    private static final int MAX_FLAT_RESULTS = 1;

    private final Effort effort;

    CanonRules(Effort effort) {
        this.effort = effort;
    }

    FunctionShape lift(Definition.Lift lift, Scope scope) {
        int offset = lift.offset();
        FunctionShape type = liftedType(lift.type(), scope, offset);
        require32Bits(lift.options(), scope, offset);
        List<CoreValueType> parameters = parameters(type, offset);
        List<CoreValueType> results = result(type, offset);
        boolean spilledParameters = parameters.size() > Sizes.MAX_FLAT_PARAMETERS;
        boolean async = lift.options().async();
        requireAsync(lift.options(), type, offset);
        // An async function gives its result as the parameters of task.return.
        boolean spilledResult = results.size() > (async ? Sizes.MAX_FLAT_PARAMETERS : MAX_FLAT_RESULTS);
        CoreFunctionType core = new CoreFunctionType(
                spilledParameters ? List.of(CoreValueType.I32) : parameters,
                async ? List.of() : spilledResult ? List.of(CoreValueType.I32) : results);
        requireSignature(scope, lift.coreFunction(), core, "the lifted core function", offset);
        boolean allocates = spilledParameters || type.pointers();
        checkOptions(lift.options(), allocates || spilledResult || type.result().pointers(), allocates, scope, offset);
        if (lift.options().postReturn().isPresent()) {
            requireSignature(
                    scope,
                    lift.options().postReturn().getAsInt(),
                    new CoreFunctionType(core.results(), List.of()),
                    "the canonical option post-return",
                    offset);
        }
        return type;
    }

    static FunctionShape liftedType(int index, Scope scope, int offset) {
        if (scope.types.get(index, offset) instanceof FunctionShape type) {
            return type;
        }
        throw new ComponentException("type index " + index + " is not a function type", offset);
    }

    CoreExternType lower(Definition.Lower lower, Scope scope) {
        int offset = lower.offset();
        FunctionShape type = scope.functions.get(lower.function(), offset);
        require32Bits(lower.options(), scope, offset);
        List<CoreValueType> parameters = parameters(type, offset);
        List<CoreValueType> results = result(type, offset);
        boolean async = lower.options().async();
        requireAsync(lower.options(), type, offset);
        boolean spilledParameters =
                parameters.size() > (async ? Sizes.MAX_FLAT_ASYNC_PARAMETERS : Sizes.MAX_FLAT_PARAMETERS);
        boolean spilledResult = results.size() > (async ? 0 : MAX_FLAT_RESULTS);
        boolean allocates = type.result().pointers();
        checkOptions(
                lower.options(),
                async || allocates || spilledParameters || spilledResult || type.pointers(),
                allocates,
                scope,
                offset);
        List<CoreValueType> core = spilledParameters ? new ArrayList<>(List.of(CoreValueType.I32)) : parameters;
        if (spilledResult) {
            core.add(CoreValueType.I32);
        }
        if (async) {
            return new CoreExternType.Function(new CoreFunctionType(core, List.of(CoreValueType.I32)));
        }
        return new CoreExternType.Function(new CoreFunctionType(core, spilledResult ? List.of() : results));
    }

    private static void requireAsync(CanonicalOptions options, FunctionShape type, int offset) {
        if (!options.async()) {
            return;
        }
        if (!type.async()) {
            throw new ComponentException("the canonical option async requires an async function type", offset);
        }
        if (options.postReturn().isPresent()) {
            throw new ComponentException("the canonical options async and post-return exclude each other", offset);
        }
    }

    /** {@code canon task.return}: as if a function that takes the result were lowered. */
    CoreExternType taskReturn(Definition.TaskReturn builtin, TypeRules types, Scope scope) {
        int offset = builtin.offset();
        CanonicalOptions options = builtin.options();
        if (options.async()
                || options.realloc().isPresent()
                || options.postReturn().isPresent()) {
            throw new ComponentException(
                    "task.return has no canonical options but memory and the string encoding", offset);
        }
        ValueType type = types.optional(builtin.result(), scope, offset);
        if (type.borrows()) {
            throw new ComponentException("the result of a function contains a borrow", offset);
        }
        require32Bits(options, scope, offset);
        List<CoreValueType> flat = result(type, offset);
        boolean spilled = flat.size() > Sizes.MAX_FLAT_PARAMETERS;
        checkOptions(options, spilled || type.pointers(), false, scope, offset);
        return new CoreExternType.Function(
                new CoreFunctionType(spilled ? List.of(CoreValueType.I32) : flat, List.of()));
    }

    /** Binary.md, "Start Definitions", without values. */
    static void start(Definition.Start start, Scope scope) {
        FunctionShape type = scope.functions.get(start.function(), start.offset());
        if (!type.parameters().isEmpty() || type.result() != ValueType.NONE) {
            throw new ComponentException(
                    "the start function has parameters or a result, and the start definition none", start.offset());
        }
    }

    private List<CoreValueType> parameters(FunctionShape type, int offset) {
        List<CoreValueType> flat = new ArrayList<>();
        for (int i = 0; i < type.parameters().size() && flat.size() <= Sizes.MAX_FLAT_PARAMETERS; i++) {
            Sizes.flatten(type.parameters().get(i), flat, effort, offset);
        }
        return flat;
    }

    private List<CoreValueType> result(FunctionShape type, int offset) {
        return result(type.result(), offset);
    }

    private List<CoreValueType> result(ValueType type, int offset) {
        List<CoreValueType> flat = new ArrayList<>();
        Sizes.flatten(type, flat, effort, offset);
        return flat;
    }

    /** Addresses of 64 bits change what follows, so they are refused before. */
    private static void require32Bits(CanonicalOptions options, Scope scope, int offset) {
        if (options.memory().isPresent()
                && scope.coreMemories.get(options.memory().getAsInt(), offset) instanceof CoreExternType.Memory memory
                && memory.memory64()) {
            throw ComponentException.unsupported("memories with addresses of 64 bits", offset);
        }
    }

    private static void checkOptions(
            CanonicalOptions options, boolean needsMemory, boolean allocates, Scope scope, int offset) {
        if (options.memory().isPresent()) {
            CoreExternType type = scope.coreMemories.get(options.memory().getAsInt(), offset);
            if (type instanceof CoreExternType.Memory memory && memory.shared()) {
                throw new ComponentException("the canonical option memory is a shared memory", offset);
            }
        } else if (needsMemory) {
            throw new ComponentException("the canonical option memory is required", offset);
        }
        if (options.realloc().isPresent()) {
            requireSignature(scope, options.realloc().getAsInt(), REALLOC, "the canonical option realloc", offset);
            if (options.memory().isEmpty()) {
                throw new ComponentException("the canonical option realloc requires the option memory", offset);
            }
        } else if (allocates) {
            throw new ComponentException("the canonical option realloc is required", offset);
        }
    }

    static void requireSignature(Scope scope, int function, CoreFunctionType expected, String what, int offset) {
        CoreExternType found = scope.coreFunctions.get(function, offset);
        if (found != Validator.UNKNOWN_FUNCTION
                && !(found instanceof CoreExternType.Function core
                        && core.type().equals(expected))) {
            String type =
                    found instanceof CoreExternType.Function core ? core.type().toString() : "no function";
            throw new ComponentException(
                    what + " has an incorrect signature: it has to be " + expected + " and is " + type, offset);
        }
    }

    CoreExternType builtin(Definition.ResourceBuiltin builtin, Scope scope) {
        ResourceReference resource = TypeRules.resource(builtin.resource(), scope, builtin.offset());
        if (builtin.operation() == ResourceOperation.DROP) {
            return new CoreExternType.Function(I32_TO_NOTHING);
        }
        if (!scope.defines(resource.identity())) {
            throw new ComponentException(
                    "type index " + builtin.resource() + " is not a resource that this component defines, so it can be"
                            + " neither made nor looked into",
                    builtin.offset());
        }
        return new CoreExternType.Function(I32_TO_I32);
    }
}
