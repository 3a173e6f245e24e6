package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiIo.StreamError;

/** An output that takes bytes at once, so that it is always ready and flushing has nothing to do. */
abstract class AbstractOutput implements WasiIo.Output {

    /** What one write may bring: as much as the canonical implementations allow at a time. */
    static final int MAX_WRITE = 64 * 1024;

    /** Takes the bytes. */
    abstract Result<Unit, StreamError> take(byte[] contents);

    @Override
    public Result<Long, StreamError> checkWrite() {
        return Result.ok((long) MAX_WRITE);
    }

    @Override
    public Result<Unit, StreamError> write(byte[] contents) {
        if (contents.length > MAX_WRITE) {
            // The interface says that this traps.
            throw new IllegalArgumentException(
                    "the guest wrote " + contents.length + " bytes where " + MAX_WRITE + " were allowed");
        }
        return take(contents);
    }

    @Override
    public Result<Unit, StreamError> blockingWriteAndFlush(byte[] contents) {
        return write(contents);
    }

    @Override
    public Result<Unit, StreamError> flush() {
        return Result.ok();
    }

    @Override
    public Result<Unit, StreamError> blockingFlush() {
        return Result.ok();
    }

    @Override
    public WasiIo.Pollable subscribe() {
        return ReadyPollable.READY;
    }

    @Override
    public Result<Unit, StreamError> writeZeroes(long len) {
        return write(new byte[Bounds.length(len, MAX_WRITE + 1)]);
    }

    @Override
    public Result<Unit, StreamError> blockingWriteZeroesAndFlush(long len) {
        return writeZeroes(len);
    }

    @Override
    public Result<Long, StreamError> splice(WasiIo.Input src, long len) {
        return move(src.read(Bounds.length(len, MAX_WRITE)));
    }

    @Override
    public Result<Long, StreamError> blockingSplice(WasiIo.Input src, long len) {
        return move(src.blockingRead(Bounds.length(len, MAX_WRITE)));
    }

    private Result<Long, StreamError> move(Result<byte[], StreamError> read) {
        return switch (read) {
            case Result.Err<byte[], StreamError>(var error) -> Result.err(error);
            case Result.Ok<byte[], StreamError>(var bytes) ->
                switch (take(bytes)) {
                    case Result.Err<Unit, StreamError>(var error) -> Result.err(error);
                    case Result.Ok<Unit, StreamError> done -> Result.ok((long) bytes.length);
                };
        };
    }
}
