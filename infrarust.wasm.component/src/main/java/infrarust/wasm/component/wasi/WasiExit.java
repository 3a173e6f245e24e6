package infrarust.wasm.component.wasi;

/** A guest ended itself through {@code wasi:cli/exit}; the cause of the trap that ends its call. */
public final class WasiExit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean success;

    WasiExit(boolean success) {
        super("the component ended itself " + (success ? "with success" : "with failure"), null, false, false);
        this.success = success;
    }

    /** What it said of its own end. */
    public boolean isSuccess() {
        return success;
    }
}
