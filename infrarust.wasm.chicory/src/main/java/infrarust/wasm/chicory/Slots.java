package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in arrays of {@code long}, the form that Chicory's public calls and the SPI's cold ones share. */
@SuppressWarnings("UnusedMethod") // Found by name, as handles.
final class Slots {

    private Slots() {}

    /** Made when first needed: a start-up without handles of this kind saves 2 ms. */
    private static final class Calls {
        private static final MethodHandle FUNCTION = find("callFunction", CoreFunction.class, long[].class);
        private static final MethodHandle INSTANCE =
                find("callInstance", ChicoryInstance.class, int.class, CoreFunctionType.class, long[].class);
    }

    private static MethodHandle find(String name, Class<?>... parameters) {
        return find(MethodType.methodType(long[].class, parameters), name);
    }

    private static MethodHandle find(MethodType type, String name) {
        try {
            return MethodHandles.lookup().findStatic(Slots.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses reference and vector types, which do not cross into Java. */
    static CoreFunctionType requireNumbers(CoreFunctionType type) {
        for (CoreValueType parameter : type.parameters()) {
            parameter.carrier();
        }
        for (CoreValueType result : type.results()) {
            result.carrier();
        }
        return type;
    }

    /** The arguments at the head of a caller's array, alone. */
    static long[] arguments(CoreFunctionType type, long[] io) {
        return Arrays.copyOf(io, type.parameters().size());
    }

    /** Puts Chicory's results into a caller's array. */
    static void results(long @Nullable [] results, CoreFunctionType type, long[] io) {
        int count = type.results().size();
        if (count > 0 && results != null) {
            System.arraycopy(results, 0, io, 0, count);
            normalize(type.results(), io);
        }
    }

    /** Sign-extends 32-bit values, whatever the high halves held. */
    static void normalize(List<CoreValueType> types, long[] io) {
        for (int i = 0; i < types.size(); i++) {
            CoreValueType type = types.get(i);
            if (type == CoreValueType.I32 || type == CoreValueType.F32) {
                io[i] = (int) io[i];
            }
        }
    }

    static long[] exactly(long[] io, int count) {
        return io.length == count ? io : Arrays.copyOf(io, count);
    }

    /** A handle of {@link CoreFunctionType#handleType} that calls any host function of that type, its receiver. */
    static MethodHandle hostHandle(CoreFunctionType type) {
        return spread(Calls.FUNCTION, type);
    }

    /** A handle of {@link CoreFunctionType#handleType} for a function of any instance, its receiver, by slots. */
    static MethodHandle guestHandle(int index, CoreFunctionType type) {
        return spread(MethodHandles.insertArguments(Calls.INSTANCE, 1, index, type), type);
    }

    private static long[] callFunction(CoreFunction function, long[] arguments) {
        long[] io = Arrays.copyOf(arguments, function.type().slots());
        function.call(io);
        return io;
    }

    private static long[] callInstance(ChicoryInstance instance, int index, CoreFunctionType type, long[] arguments) {
        long[] io = Arrays.copyOf(arguments, type.slots());
        instance.call(index, type, io);
        return io;
    }

    /** From {@code (receiver, long[])long[]} to the exact type. */
    private static MethodHandle spread(MethodHandle target, CoreFunctionType type) {
        MethodType exact = type.handleType();
        MethodHandle spread = target.asCollector(long[].class, type.parameters().size());
        for (int i = 0; i < type.parameters().size(); i++) {
            Class<?> carrier = type.parameters().get(i).carrier();
            spread = MethodHandles.filterArguments(
                    spread, i + 1, find(MethodType.methodType(long.class, carrier), "toSlot"));
        }
        Class<?> result = exact.returnType();
        MethodHandle taken = result == void.class
                ? spread.asType(spread.type().changeReturnType(void.class))
                : MethodHandles.filterReturnValue(
                        spread, find(MethodType.methodType(result, long[].class), result.getName() + "Result"));
        return taken.asType(exact);
    }

    private static long toSlot(int value) {
        return value;
    }

    private static long toSlot(long value) {
        return value;
    }

    private static long toSlot(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static long toSlot(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static int intResult(long[] io) {
        return (int) io[0];
    }

    private static long longResult(long[] io) {
        return io[0];
    }

    private static float floatResult(long[] io) {
        return Float.intBitsToFloat((int) io[0]);
    }

    private static double doubleResult(long[] io) {
        return Double.longBitsToDouble(io[0]);
    }
}
