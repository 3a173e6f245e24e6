package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;

/** The WIT package {@code wasi:io} (0.2): errors, things to wait for, and streams of bytes. */
public final class WasiIo {

    private WasiIo() {}

    /** {@code wasi:io/error}. */
    @WitInterface(
            value = "wasi:io/error@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {IoError.class})
    public interface Errors {}

    /** Why a stream failed. */
    @WitResource("error")
    public interface IoError {
        /** A text for whoever debugs the guest; holds nothing about the host. */
        String toDebugString();
    }

    /** {@code wasi:io/poll}. */
    @WitInterface(
            value = "wasi:io/poll@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {Pollable.class})
    public interface Poll {
        /** Waits until one at least is ready and answers the indices of those that are. */
        List<Integer> poll(List<Pollable> in);
    }

    /** Something that becomes ready. */
    @WitResource("pollable")
    public interface Pollable {
        /** Whether it is ready now. */
        boolean ready();

        /** Waits until it is. */
        void block();
    }

    /** {@code wasi:io/streams}. */
    @WitInterface(
            value = "wasi:io/streams@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {Input.class, Output.class})
    public interface Streams {}

    /** Why a stream gave no bytes or took none. */
    public sealed interface StreamError {
        /** The operation failed; the stream is closed. */
        record LastOperationFailed(IoError error) implements StreamError {}

        /** There is nothing more, or nothing more is taken. */
        record Closed() implements StreamError {}
    }

    /** Bytes for the guest. Lengths are unsigned; fewer bytes than asked for may come. */
    @WitResource("input-stream")
    public interface Input {
        /** Bytes that are there now, perhaps none. */
        Result<byte[], StreamError> read(long len);

        /** At least one byte. */
        Result<byte[], StreamError> blockingRead(long len);

        /** Passes over bytes that are there now; answers how many. */
        Result<Long, StreamError> skip(long len);

        /** Passes over at least one byte; answers how many. */
        Result<Long, StreamError> blockingSkip(long len);

        /** Ready when a read would give bytes or an end. */
        Pollable subscribe();
    }

    /** Bytes from the guest. */
    @WitResource("output-stream")
    public interface Output {
        /** How many bytes {@link #write} takes now. */
        Result<Long, StreamError> checkWrite();

        /** Takes bytes, no more than {@link #checkWrite} allowed. */
        Result<Unit, StreamError> write(byte[] contents);

        /** Takes at most 4,096 bytes and brings them where they belong. */
        Result<Unit, StreamError> blockingWriteAndFlush(byte[] contents);

        /** Begins to bring everything taken where it belongs. */
        Result<Unit, StreamError> flush();

        /** Brings everything taken where it belongs. */
        Result<Unit, StreamError> blockingFlush();

        /** Ready when {@link #checkWrite} would allow some bytes or fail. */
        Pollable subscribe();

        /** Takes zeroes. */
        Result<Unit, StreamError> writeZeroes(long len);

        /** Takes zeroes and brings them where they belong. */
        Result<Unit, StreamError> blockingWriteZeroesAndFlush(long len);

        /** Moves bytes that are there now from an input; answers how many. */
        Result<Long, StreamError> splice(Input src, long len);

        /** Moves at least one byte from an input; answers how many. */
        Result<Long, StreamError> blockingSplice(Input src, long len);
    }
}
