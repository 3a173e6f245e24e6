package infrarust.benchmarks.call;

import infrarust.benchmarks.call.BenchWorld.Ten;
import infrarust.benchmarks.call.BenchWorld.Verdict;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreModule;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Lifting and lowering as one would write them for this guest alone. Handles are constants, as they are in a class that is
 * generated for one component.
 */
final class HandWritten implements AutoCloseable {

    private static final Verdict PASS = new Verdict.Pass();
    private static final Verdict DROP = new Verdict.Drop();

    private static final CoreModule MODULE =
            BenchWorld.engine().compile(BenchWorld.file().coreModule());
    private static final MethodHandle REALLOC;
    private static final MethodHandle ADD;
    private static final MethodHandle FILTER;
    private static final MethodHandle FILTER_POST;
    private static final MethodHandle GREET;
    private static final MethodHandle GREET_POST;
    private static final MethodHandle SUM;
    private static final MethodHandle BUMP;
    private static final MethodHandle ASK;

    static {
        try (CoreGuest any = new CoreGuest(MODULE)) {
            REALLOC = any.handle("cabi_realloc");
            ADD = any.function("add");
            FILTER = any.function("filter");
            FILTER_POST = any.post("filter");
            GREET = any.function("greet");
            GREET_POST = any.post("greet");
            SUM = any.function("sum");
            BUMP = any.function("bump");
            ASK = any.function("ask");
        }
    }

    private final CoreGuest guest = new CoreGuest(MODULE);
    private final CoreMemory memory = guest.memory;
    private final Object receiver = guest.receiver;

    int add(int a, int b) throws Throwable {
        return (int) ADD.invokeExact(receiver, a, b);
    }

    Verdict filter(int id, byte[] data) throws Throwable {
        int address = (int) REALLOC.invokeExact(receiver, 0, 0, 1, data.length);
        memory.write(address, data, 0, data.length);
        int result = (int) FILTER.invokeExact(receiver, id, address, data.length);
        Verdict verdict = switch (memory.getByte(result)) {
            case 0 -> PASS;
            case 1 -> DROP;
            default -> new Verdict.Replace(bytes(result + 4));
        };
        FILTER_POST.invokeExact(receiver, result);
        return verdict;
    }

    private byte[] bytes(int at) {
        byte[] bytes = new byte[memory.getInt(at + 4)];
        memory.read(memory.getInt(at), bytes, 0, bytes.length);
        return bytes;
    }

    String greet(String name) throws Throwable {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int address = (int) REALLOC.invokeExact(receiver, 0, 0, 1, utf8.length);
        memory.write(address, utf8, 0, utf8.length);
        int result = (int) GREET.invokeExact(receiver, address, utf8.length);
        String text = new String(bytes(result), StandardCharsets.UTF_8);
        GREET_POST.invokeExact(receiver, result);
        return text;
    }

    long sum(Ten t) throws Throwable {
        return (long) SUM.invokeExact(
                receiver, t.a() ? 1 : 0, t.b(), (int) t.c(), t.d(), t.e(), t.f(), t.g(), t.h(), t.i(), t.j());
    }

    Ten bump(Ten t) throws Throwable {
        int at = (int) BUMP.invokeExact(
                receiver, t.a() ? 1 : 0, t.b(), (int) t.c(), t.d(), t.e(), t.f(), t.g(), t.h(), t.i(), t.j());
        return new Ten(
                memory.getByte(at) != 0,
                memory.getByte(at + 1) & 0xff,
                memory.getShort(at + 2),
                memory.getInt(at + 4),
                memory.getLong(at + 8),
                Float.intBitsToFloat(memory.getInt(at + 16)),
                Double.longBitsToDouble(memory.getLong(at + 24)),
                memory.getInt(at + 32),
                memory.getShort(at + 36) & 0xffff,
                memory.getLong(at + 40));
    }

    int ask(int value) throws Throwable {
        return (int) ASK.invokeExact(receiver, value);
    }

    @Override
    public void close() {
        guest.close();
    }
}
