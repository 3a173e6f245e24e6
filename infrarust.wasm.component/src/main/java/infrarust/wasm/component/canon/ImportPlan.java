package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreHostFunction;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The compiled code of all functions that a component's core modules import; shared by its instances. */
public final class ImportPlan {

    private final MethodHandle constructor;

    private ImportPlan(MethodHandle constructor) {
        this.constructor = constructor;
    }

    /** A function that guests import. */
    public sealed interface Function {

        /**
         * A function of the embedder, or of a guest of another component.
         *
         * @param method the function as {@link FunctionMapping#erasedHandle} answers it
         * @param host which of the hosts receives the call, unless the function is a method of a resource
         */
        record Host(FunctionMapping function, DeferredHandle method, int host, Options options) implements Function {}

        /**
         * A function of another guest of the same component.
         *
         * @param caller the mapping for the guest that calls; its carriers are the callee's
         * @param callee the function that is called
         * @param defined the resources that the callee's instance defines
         * @param options the caller's
         */
        record Guest(
                FunctionMapping caller, ExportPlan.GuestFunction callee, Set<ResourceType> defined, Options options)
                implements Function {}

        /**
         * {@code canon task.return}.
         *
         * @param function takes the result of the guest's async functions, if they have one
         */
        record TaskReturn(FunctionMapping function, Options options) implements Function {}
    }

    /** Compiles functions, all into one class. */
    public static ImportPlan compile(CoreHandles handles, List<Function> functions) {
        PlanClass plan = new PlanClass(handles);
        Map<ExportPlan.GuestFunction, ExportCode> guests = new HashMap<>();
        for (Function function : functions) {
            ImportCode code = switch (function) {
                case Function.Host(FunctionMapping mapping, DeferredHandle method, int host, Options options) ->
                    new ImportCode(plan, mapping, new ImportCode.Target.Host(method, host), options);
                case Function.Guest(
                        FunctionMapping caller,
                        ExportPlan.GuestFunction callee,
                        Set<ResourceType> defined,
                        Options options) -> {
                    ExportCode guest =
                            guests.computeIfAbsent(callee, _ -> ExportCode.betweenGuests(plan, callee, defined));
                    yield new ImportCode(plan, caller, new ImportCode.Target.Guest(guest, callee.scope()), options);
                }
                case Function.TaskReturn(FunctionMapping mapping, Options options) -> {
                    TaskResult result = TaskResult.of(
                            mapping.type().parameterTypes().stream().findFirst(), options);
                    yield new ImportCode(plan, mapping, new ImportCode.Target.Task(result), options);
                }
            };
            plan.hostFunction(code::write);
        }
        return new ImportPlan(PlanClass.hostFunctions(plan.define()));
    }

    /** The host function of that number for one instance. */
    public CoreHostFunction function(InstanceState state, int number) {
        try {
            return (CoreHostFunction) constructor.invokeExact(state, number);
        } catch (Throwable e) {
            throw new AssertionError("a constructor that only stores its arguments", e);
        }
    }
}
