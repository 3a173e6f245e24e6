package infrarust.wasm.spi;

/**
 * The body of a function that the host gives to a guest. It runs on the thread that called the guest and may call the
 * guest again. Whatever it throws reaches the outermost caller as {@link CoreTrap.HostFailure} with the exception as
 * cause, except a {@link CoreTrap}, which passes as it is; the guest cannot catch it.
 */
@FunctionalInterface
public interface CoreHostFunction {

    /**
     * Runs the body.
     *
     * @param io arguments from slot 0, in the form of {@link CoreFunction#call(long[])}; results go to slot 0 onwards. Valid
     *     only during the call
     */
    void call(long[] io);
}
