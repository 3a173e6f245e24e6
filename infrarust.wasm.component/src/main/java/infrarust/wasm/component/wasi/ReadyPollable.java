package infrarust.wasm.component.wasi;

/** Always ready. */
enum ReadyPollable implements WasiIo.Pollable {
    READY;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void block() {
        // Nothing to wait for.
    }
}
