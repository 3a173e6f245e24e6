package infrarust.wasm.component.mapping;

import infrarust.wasm.component.value.HostFunction;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of {@link HostFunction}s, which are found by name each time. */
public final class HostCalls {

    private HostCalls() {}

    /**
     * A function of a {@link HostInterface} as {@link FunctionMapping#erasedHandle} would answer it.
     *
     * @param path the names of instances within the interface, then the function's
     */
    public static DeferredHandle handle(List<String> path, FunctionMapping function) {
        boolean result = function.result().isPresent();
        int parameters = function.parameters().size();
        MethodType spread = MethodType.methodType(Object.class, Object.class, Object[].class);
        MethodType type =
                MethodType.genericMethodType(parameters + 1).changeReturnType(result ? Object.class : void.class);
        return new DeferredHandle(
                type,
                () -> ValueHandles.method(spread, HostCalls.class, MethodHandles.lookup(), "call", path, result)
                        .get()
                        .asCollector(Object[].class, parameters)
                        .asType(type));
    }

    static Object call(List<String> path, boolean result, Object receiver, Object[] arguments) {
        HostInterface host = (HostInterface) receiver;
        for (String name : path.subList(0, path.size() - 1)) {
            host = host.instances().get(name);
        }
        HostFunction function = host.functions().get(path.getLast());
        List<Value> values = new ArrayList<>(arguments.length);
        for (Object argument : arguments) {
            values.add((Value) argument);
        }
        Optional<Value> answer = function.call(List.copyOf(values));
        if (answer.isPresent() != result) {
            throw new IllegalArgumentException("the function " + path + " has "
                    + (result ? "a result and gave none" : "no result and gave " + answer.get()));
        }
        return answer.isPresent() ? answer.get() : function;
    }
}
