package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import infrarust.wasm.component.wasi.WasiIo.StreamError;

/** Streams over an open file. They go through its descriptor, so that closing that ends them. */
final class FileStreams {

    private FileStreams() {}

    /** The error of a stream over a file. */
    record FileError(ErrorCode code) implements WasiIo.IoError {
        @Override
        public String toDebugString() {
            return "file operation failed: " + code;
        }
    }

    private static <T> Result<T, StreamError> failed(ErrorCode code) {
        return Result.err(new StreamError.LastOperationFailed(new FileError(code)));
    }

    /** Reads on from an offset. */
    static final class Reader extends AbstractInput {

        private final OpenFile file;
        private long offset;

        Reader(OpenFile file, long offset) {
            this.file = file;
            this.offset = offset;
        }

        @Override
        Result<byte[], StreamError> give(int most) {
            return switch (file.read(most, offset)) {
                case Result.Err<WasiFilesystem.Chunk, ErrorCode>(var code) -> failed(code);
                case Result.Ok<WasiFilesystem.Chunk, ErrorCode>(var chunk) -> {
                    if (chunk.bytes().length == 0 && most > 0) {
                        yield Result.err(new StreamError.Closed());
                    }
                    offset += chunk.bytes().length;
                    yield Result.ok(chunk.bytes());
                }
            };
        }
    }

    /** Writes on from an offset, or always at the end. */
    static final class Writer extends AbstractOutput {

        private final OpenFile file;
        private final boolean append;
        private long offset;

        Writer(OpenFile file, boolean append, long offset) {
            this.file = file;
            this.append = append;
            this.offset = offset;
        }

        @Override
        Result<Unit, StreamError> take(byte[] contents) {
            Result<Long, ErrorCode> written = append ? file.append(contents) : file.write(contents, offset);
            return switch (written) {
                case Result.Err<Long, ErrorCode>(var code) -> failed(code);
                case Result.Ok<Long, ErrorCode>(var count) -> {
                    offset += count;
                    yield Result.ok();
                }
            };
        }
    }
}
