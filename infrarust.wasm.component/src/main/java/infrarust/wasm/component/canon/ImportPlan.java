package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.spi.CoreHostFunction;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** The compiled code of all host functions of a component; shared by its instances. */
public final class ImportPlan {

    private final MethodHandle constructor;

    private ImportPlan(MethodHandle constructor) {
        this.constructor = constructor;
    }

    /**
     * One host function.
     *
     * @param method the Java method as {@link FunctionMapping#erasedHandle} answers it
     * @param host which of the hosts receives the call, unless the function is a method of a resource
     */
    public record HostFunction(FunctionMapping function, DeferredHandle method, int host, Options options) {}

    /** Compiles host functions, all into one class. */
    public static ImportPlan compile(CoreHandles handles, List<HostFunction> functions) {
        PlanClass plan = new PlanClass(handles);
        for (HostFunction function : functions) {
            ImportCode code =
                    new ImportCode(plan, function.function(), function.method(), function.host(), function.options());
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
