package infrarust.wasm.spi.kit;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreExtern;
import infrarust.wasm.spi.CoreFunction;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreHostFunction;
import infrarust.wasm.spi.CoreInstance;
import infrarust.wasm.spi.CoreStore;
import infrarust.wasm.spi.CoreValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Small modules, assembled from the .wat files beside the .wasm ones, and ways to call them. */
public final class KitModules {

    private KitModules() {}

    /** The module of that name. */
    public static byte[] wasm(String name) {
        try (InputStream in = KitModules.class.getResourceAsStream(name + ".wasm")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance of {@code basics.wat} with host functions of the caller's. */
    static CoreInstance basics(CoreEngine engine, CoreStore store, CoreHostFunction note, CoreHostFunction ping) {
        CoreFunction noteFunction = store.hostFunction(
                new CoreFunctionType(
                        List.of(CoreValueType.I32, CoreValueType.I64, CoreValueType.F32, CoreValueType.F64),
                        List.of(CoreValueType.I64)),
                note);
        CoreFunction pingFunction = store.hostFunction(new CoreFunctionType(List.of(), List.of()), ping);
        return store.instantiate(engine.compile(wasm("basics")), List.of(noteFunction, pingFunction));
    }

    /** An instance of {@code basics.wat} whose host functions do nothing. */
    public static CoreInstance basics(CoreEngine engine, CoreStore store) {
        return basics(engine, store, io -> {}, io -> {});
    }

    static CoreExtern extern(CoreInstance instance, String name) {
        return instance.export(name).orElseThrow();
    }

    static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) extern(instance, name);
    }

    /** Calls by slots; the first result, or 0. */
    public static long call(CoreInstance instance, String name, long... arguments) {
        CoreFunction function = function(instance, name);
        long[] io =
                java.util.Arrays.copyOf(arguments, Math.max(1, function.type().slots()));
        function.call(io);
        return function.type().results().isEmpty() ? 0 : io[0];
    }

    /**
     * A module whose function {@code grind (i64) -> i64} is too large for one JVM method; for 0 it first loops for ever.
     * {@code small} has the same type and calls it.
     */
    public static byte[] huge() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        // (if (i64.eqz (local.get 0)) (then (loop $again (br $again))))
        body.writeBytes(new byte[] {0x20, 0, 0x50, 0x04, 0x40, 0x03, 0x40, 0x0c, 0, 0x0b, 0x0b});
        for (int i = 0; i < 9_000; i++) {
            // (local.set 0 (i64.rotl (local.get 0) (i64.xor (local.get 0) (i64.const i))))
            body.writeBytes(new byte[] {0x20, 0, 0x20, 0, 0x42, (byte) (i & 0x3f), (byte) 0x85, (byte) 0x89, 0x21, 0});
        }
        body.writeBytes(new byte[] {0x20, 0, 0x0b});

        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(2);
        code.writeBytes(new byte[] {6, 0, 0x20, 0, 0x10, 1, 0x0b});
        leb(code, body.size());
        code.writeBytes(body.toByteArray());

        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        module.writeBytes(new byte[] {1, 6, 1, 0x60, 1, 0x7e, 1, 0x7e});
        module.writeBytes(new byte[] {3, 3, 2, 0, 0});
        module.writeBytes(new byte[] {7, 17, 2, 5, 's', 'm', 'a', 'l', 'l', 0, 0, 5, 'g', 'r', 'i', 'n', 'd', 0, 1});
        module.write(10);
        leb(module, code.size());
        module.writeBytes(code.toByteArray());
        return module.toByteArray();
    }

    /**
     * A module whose function {@code down () -> ()}, too large for one JVM method, calls itself first; {@code between} does so
     * through a small one.
     */
    static byte[] hugeRecursion() {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(3);
        for (int callee : new int[] {0, 2}) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(new byte[] {1, 1, 0x7e, 0x10, (byte) callee});
            for (int i = 0; i < 9_000; i++) {
                // (local.set 0 (i64.rotl (local.get 0) (i64.xor (local.get 0) (i64.const i))))
                body.writeBytes(
                        new byte[] {0x20, 0, 0x20, 0, 0x42, (byte) (i & 0x3f), (byte) 0x85, (byte) 0x89, 0x21, 0});
            }
            body.write(0x0b);
            leb(code, body.size());
            code.writeBytes(body.toByteArray());
        }
        code.writeBytes(new byte[] {4, 0, 0x10, 1, 0x0b});
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        module.writeBytes(new byte[] {1, 4, 1, 0x60, 0, 0});
        module.writeBytes(new byte[] {3, 4, 3, 0, 0, 0});
        module.writeBytes(new byte[] {7, 18, 2, 4, 'd', 'o', 'w', 'n', 0, 0});
        module.writeBytes(new byte[] {7, 'b', 'e', 't', 'w', 'e', 'e', 'n', 0, 1});
        module.write(10);
        leb(module, code.size());
        module.writeBytes(code.toByteArray());
        return module.toByteArray();
    }

    /**
     * A module that imports a function {@code () -> ()} and exports {@code down} of the same type, which reaches it through seven
     * functions of 500 locals each: without any recursion, some 60 KiB of stack in a JVM.
     */
    static byte[] chain() {
        int functions = 7;
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(functions);
        for (int i = 1; i <= functions; i++) {
            // (func (local i64 x 500) (call the next one, from the last the import))
            code.writeBytes(new byte[] {7, 1, (byte) 0xf4, 3, 0x7e, 0x10, (byte) (i < functions ? i + 1 : 0), 0x0b});
        }
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        module.writeBytes(new byte[] {1, 4, 1, 0x60, 0, 0});
        module.writeBytes(new byte[] {2, 5, 1, 0, 0, 0, 0});
        module.writeBytes(new byte[] {3, (byte) (functions + 1), (byte) functions});
        module.writeBytes(new byte[functions]);
        module.writeBytes(new byte[] {7, 8, 1, 4, 'd', 'o', 'w', 'n', 0, 1});
        module.write(10);
        leb(module, code.size());
        module.writeBytes(code.toByteArray());
        return module.toByteArray();
    }

    static void leb(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
