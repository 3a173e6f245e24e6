package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The WIT package {@code wasi:filesystem} (0.2). Sizes and offsets are unsigned bytes. */
public final class WasiFilesystem {

    private WasiFilesystem() {}

    /** A directory that a guest has from the beginning, and its name. */
    public record Preopen(Descriptor descriptor, String path) {}

    /** {@code wasi:filesystem/preopens}. */
    @WitInterface(value = "wasi:filesystem/preopens@0.2.0", versions = Versions.COMPATIBLE)
    public interface Preopens {
        /** The directories. */
        List<Preopen> getDirectories();
    }

    /** {@code wasi:filesystem/types}. */
    @WitInterface(
            value = "wasi:filesystem/types@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {Descriptor.class, DirectoryEntryStream.class})
    public interface Types {
        /** The error code behind a stream's error, if a file was behind the stream. */
        Optional<ErrorCode> filesystemErrorCode(WasiIo.IoError err);
    }

    /** What a path leads to. */
    public enum DescriptorType {
        UNKNOWN,
        BLOCK_DEVICE,
        CHARACTER_DEVICE,
        DIRECTORY,
        FIFO,
        SYMBOLIC_LINK,
        REGULAR_FILE,
        SOCKET
    }

    /** What a descriptor may be used for. */
    public enum DescriptorFlag {
        READ,
        WRITE,
        FILE_INTEGRITY_SYNC,
        DATA_INTEGRITY_SYNC,
        REQUESTED_WRITE_SYNC,
        MUTATE_DIRECTORY
    }

    /** How the last component of a path is taken. */
    public enum PathFlag {
        SYMLINK_FOLLOW
    }

    /** How a path is opened. */
    public enum OpenFlag {
        CREATE,
        DIRECTORY,
        EXCLUSIVE,
        TRUNCATE
    }

    /** A file's properties. */
    public record DescriptorStat(
            DescriptorType type,
            long linkCount,
            long size,
            Optional<WasiClocks.Datetime> dataAccessTimestamp,
            Optional<WasiClocks.Datetime> dataModificationTimestamp,
            Optional<WasiClocks.Datetime> statusChangeTimestamp) {}

    /** What becomes of a time stamp. */
    public sealed interface NewTimestamp {
        /** It stays. */
        record NoChange() implements NewTimestamp {}

        /** It becomes the present. */
        record Now() implements NewTimestamp {}

        /** It becomes this. */
        record Timestamp(WasiClocks.Datetime time) implements NewTimestamp {}
    }

    /** One name in a directory. */
    public record DirectoryEntry(DescriptorType type, String name) {}

    /** Why it did not work; the names of POSIX. */
    public enum ErrorCode {
        ACCESS,
        WOULD_BLOCK,
        ALREADY,
        BAD_DESCRIPTOR,
        BUSY,
        DEADLOCK,
        QUOTA,
        EXIST,
        FILE_TOO_LARGE,
        ILLEGAL_BYTE_SEQUENCE,
        IN_PROGRESS,
        INTERRUPTED,
        INVALID,
        IO,
        IS_DIRECTORY,
        LOOP,
        TOO_MANY_LINKS,
        MESSAGE_SIZE,
        NAME_TOO_LONG,
        NO_DEVICE,
        NO_ENTRY,
        NO_LOCK,
        INSUFFICIENT_MEMORY,
        INSUFFICIENT_SPACE,
        NOT_DIRECTORY,
        NOT_EMPTY,
        NOT_RECOVERABLE,
        UNSUPPORTED,
        NO_TTY,
        NO_SUCH_DEVICE,
        OVERFLOW,
        NOT_PERMITTED,
        PIPE,
        READ_ONLY,
        INVALID_SEEK,
        TEXT_FILE_BUSY,
        CROSS_DEVICE
    }

    /** Advice on how a file will be used. */
    public enum Advice {
        NORMAL,
        SEQUENTIAL,
        RANDOM,
        WILL_NEED,
        DONT_NEED,
        NO_REUSE
    }

    /** 128 bits that say which file it is and whether it changed. */
    public record MetadataHashValue(long lower, long upper) {}

    /** Bytes, and whether the end was reached. */
    @SuppressWarnings("ArrayRecordComponent") // The binding's form of list<u8>; handed on, never compared.
    public record Chunk(byte[] bytes, boolean end) {}

    /** An open file or directory. Paths are relative to it. */
    @WitResource("descriptor")
    public interface Descriptor {
        /** Bytes from an offset on. */
        Result<WasiIo.Input, ErrorCode> readViaStream(long offset);

        /** Takes bytes from an offset on. */
        Result<WasiIo.Output, ErrorCode> writeViaStream(long offset);

        /** Takes bytes at the end. */
        Result<WasiIo.Output, ErrorCode> appendViaStream();

        /** Advice; nothing need follow. */
        Result<Unit, ErrorCode> advise(long offset, long length, Advice advice);

        /** Brings the content to the disk. */
        Result<Unit, ErrorCode> syncData();

        /** What this descriptor may be used for. */
        Result<Set<DescriptorFlag>, ErrorCode> getFlags();

        /** What this is. */
        Result<DescriptorType, ErrorCode> getType();

        /** Cuts or extends with zeroes. */
        Result<Unit, ErrorCode> setSize(long size);

        /** Changes time stamps. */
        Result<Unit, ErrorCode> setTimes(NewTimestamp access, NewTimestamp modification);

        /** Bytes at an offset, perhaps fewer than asked for. */
        Result<Chunk, ErrorCode> read(long length, long offset);

        /** Writes at an offset; answers how many bytes. */
        Result<Long, ErrorCode> write(byte[] buffer, long offset);

        /** Lists this directory. */
        Result<DirectoryEntryStream, ErrorCode> readDirectory();

        /** Brings content and properties to the disk. */
        Result<Unit, ErrorCode> sync();

        /** Makes a directory. */
        Result<Unit, ErrorCode> createDirectoryAt(String path);

        /** The properties of this. */
        Result<DescriptorStat, ErrorCode> stat();

        /** The properties of what a path leads to. */
        Result<DescriptorStat, ErrorCode> statAt(Set<PathFlag> pathFlags, String path);

        /** Changes time stamps of what a path leads to. */
        Result<Unit, ErrorCode> setTimesAt(
                Set<PathFlag> pathFlags, String path, NewTimestamp access, NewTimestamp modification);

        /** Makes a hard link. */
        Result<Unit, ErrorCode> linkAt(
                Set<PathFlag> oldPathFlags, String oldPath, Descriptor newDescriptor, String newPath);

        /** Opens what a path leads to. */
        Result<Descriptor, ErrorCode> openAt(
                Set<PathFlag> pathFlags, String path, Set<OpenFlag> openFlags, Set<DescriptorFlag> flags);

        /** Where a link points. */
        Result<String, ErrorCode> readlinkAt(String path);

        /** Removes an empty directory. */
        Result<Unit, ErrorCode> removeDirectoryAt(String path);

        /** Renames, replacing a file. */
        Result<Unit, ErrorCode> renameAt(String oldPath, Descriptor newDescriptor, String newPath);

        /** Makes a symbolic link. */
        Result<Unit, ErrorCode> symlinkAt(String oldPath, String newPath);

        /** Removes a file. */
        Result<Unit, ErrorCode> unlinkFileAt(String path);

        /** Whether both are the same file. */
        boolean isSameObject(Descriptor other);

        /** Says which file this is and whether it changed. */
        Result<MetadataHashValue, ErrorCode> metadataHash();

        /** The same for what a path leads to. */
        Result<MetadataHashValue, ErrorCode> metadataHashAt(Set<PathFlag> pathFlags, String path);
    }

    /** The names in a directory, one by one. */
    @WitResource("directory-entry-stream")
    public interface DirectoryEntryStream {
        /** The next, or nothing at the end. */
        Result<Optional<DirectoryEntry>, ErrorCode> readDirectoryEntry();
    }
}
