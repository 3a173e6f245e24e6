package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * A function that an instance defines.
 *
 * @param index its index in the module, imports counted
 */
record GuestFunction(ChicoryInstance instance, int index, CoreFunctionType type) implements CoreFunction {

    @Override
    public MethodHandle handle() {
        return instance.module().code().handle(index, type);
    }

    @Override
    public Supplier<MethodHandle> deferredHandle() {
        Code code = instance.module().code();
        int number = index;
        CoreFunctionType shape = type;
        return () -> code.handle(number, shape);
    }

    @Override
    public Object receiver() {
        return instance;
    }

    @Override
    public void call(long[] io) {
        Slots.requireNumbers(type);
        instance.call(index, type, io);
    }
}
