package infrarust.wasm.component;

import infrarust.wasm.component.canon.FunctionPlan;
import infrarust.wasm.component.canon.InstanceState;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.value.Value;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An exported function of one instance, called with {@link Value}s. It boxes and allocates; what is called often is better bound
 * to a Java interface. For the owner thread of the instance.
 */
public final class ComponentFunction {

    private final String name;
    private final FunctionType type;
    private final MethodHandle handle;
    private final InstanceState state;

    ComponentFunction(String name, FunctionType type, FunctionPlan plan, InstanceState state) {
        this.name = name;
        this.type = type;
        this.handle = plan.spread();
        this.state = state;
    }

    /** The name under which it is exported. */
    public String name() {
        return name;
    }

    /** Parameters and result. */
    public FunctionType type() {
        return type;
    }

    /**
     * Calls the function.
     *
     * @param arguments one for each parameter
     * @return a value if the function has a result
     * @throws IllegalArgumentException if the number or the type of an argument is wrong; nothing happened then
     * @throws infrarust.wasm.spi.CoreTrap if the guest traps
     * @throws IllegalStateException when the instance is closed or another thread runs a call in it
     */
    public Optional<Value> call(List<Value> arguments) {
        if (arguments.size() != type.parameters().size()) {
            throw new IllegalArgumentException(
                    "the function " + name + " is " + type + " and got " + arguments.size() + " arguments");
        }
        Object[] array = arguments.toArray();
        Object result;
        try {
            result = (Object) handle.invokeExact((Object) state, array);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            // The signature of a method handle; generated code throws no checked exception.
            throw new AssertionError(e);
        }
        return type.result().isPresent() ? Optional.of((Value) result) : Optional.empty();
    }

    /** Calls the function with these arguments; see {@link #call(List)}. */
    public Optional<Value> call(Value... arguments) {
        return call(Arrays.asList(arguments));
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
