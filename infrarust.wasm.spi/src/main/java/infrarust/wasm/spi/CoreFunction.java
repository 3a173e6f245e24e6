package infrarust.wasm.spi;

import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * A core function of one store: a guest's, or one of the host's made by {@link CoreStore#hostFunction}. Resolved by name
 * once; calls use the handle. Only the store's owner thread may call.
 */
public non-sealed interface CoreFunction extends CoreExtern {

    /** Parameters and results. */
    CoreFunctionType type();

    /**
     * The exact handle, of type {@link CoreFunctionType#handleType()}; its first argument is {@link #receiver()}. The same
     * function of two instances of one module has the same handle, so code generated around it can serve every instance.
     * Calling a compiled guest's handle neither boxes nor allocates; a host function's, or an interpreted guest's, passes
     * through an array of slots. It throws {@link CoreTrap}, and {@link IllegalStateException} when the store is closed or
     * another thread runs a call in it.
     *
     * @throws IllegalStateException where {@link CoreFunctionType#handleType()} throws it
     */
    MethodHandle handle();

    /**
     * The source of {@link #handle()}, for code that may never need it: a handle costs the JVM a class. Keeps the module's code
     * alive but no instance. Any thread may ask the source.
     */
    Supplier<MethodHandle> deferredHandle();

    /** What {@link #handle()} takes as first argument: stands for the instance. */
    Object receiver();

    /**
     * Calls without a handle, for code that runs rarely and for any number of results.
     *
     * @param io arguments from slot 0; results overwrite them from slot 0. At least {@link CoreFunctionType#slots()} long.
     *     {@code i32} in the low half (the high half is ignored on the way in, sign-extended on the way out), floats as raw
     *     bits
     * @throws CoreTrap if the guest traps or a host function fails; the store is poisoned then
     * @throws IllegalStateException when the store is closed, another thread runs a call in it, or a parameter or result is
     *     of a type that does not cross into Java
     */
    void call(long[] io);
}
