package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.wasi.WasiIo.StreamError;

/** An input that knows at once what it has, so that blocking and not blocking are the same. */
abstract class AbstractInput implements WasiIo.Input {

    /** Bytes that one read gives at most. */
    static final int MAX_READ = 64 * 1024;

    /** Up to that many bytes, at least one unless none were asked for. */
    abstract Result<byte[], StreamError> give(int most);

    @Override
    public Result<byte[], StreamError> read(long len) {
        return give(Bounds.length(len, MAX_READ));
    }

    @Override
    public Result<byte[], StreamError> blockingRead(long len) {
        return read(len);
    }

    @Override
    public Result<Long, StreamError> skip(long len) {
        return switch (read(len)) {
            case Result.Ok<byte[], StreamError>(var bytes) -> Result.ok((long) bytes.length);
            case Result.Err<byte[], StreamError>(var error) -> Result.err(error);
        };
    }

    @Override
    public Result<Long, StreamError> blockingSkip(long len) {
        return skip(len);
    }

    @Override
    public WasiIo.Pollable subscribe() {
        return ReadyPollable.READY;
    }

    /** Has ended. */
    static final class Empty extends AbstractInput {
        @Override
        Result<byte[], StreamError> give(int most) {
            return Result.err(new StreamError.Closed());
        }
    }
}
