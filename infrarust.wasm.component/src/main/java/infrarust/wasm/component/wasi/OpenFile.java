package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiFilesystem.Advice;
import infrarust.wasm.component.wasi.WasiFilesystem.Chunk;
import infrarust.wasm.component.wasi.WasiFilesystem.Descriptor;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorFlag;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorStat;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorType;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntryStream;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import infrarust.wasm.component.wasi.WasiFilesystem.MetadataHashValue;
import infrarust.wasm.component.wasi.WasiFilesystem.NewTimestamp;
import infrarust.wasm.component.wasi.WasiFilesystem.OpenFlag;
import infrarust.wasm.component.wasi.WasiFilesystem.PathFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file or directory that a guest has open. Links cannot be made: a later path could be led out through one. Its length is
 * that of the WIT resource, which has 27 methods.
 */
final class OpenFile implements Descriptor, AutoCloseable {

    private final Sandbox sandbox;
    private final Path path;
    private final Set<DescriptorFlag> flags;
    /** Empty for a directory. */
    private final Optional<FileChannel> channel;

    private OpenFile(Sandbox sandbox, Path path, Set<DescriptorFlag> flags, Optional<FileChannel> channel) {
        this.sandbox = sandbox;
        this.path = path;
        this.flags = Set.copyOf(flags);
        this.channel = channel;
    }

    /** The sandbox's own directory. It does not count as opened and closing it does nothing. */
    static OpenFile root(Sandbox sandbox) {
        Set<DescriptorFlag> flags = EnumSet.of(DescriptorFlag.READ);
        if (!sandbox.readOnly()) {
            flags.add(DescriptorFlag.MUTATE_DIRECTORY);
        }
        return new OpenFile(sandbox, sandbox.root(), flags, Optional.empty());
    }

    /** An operation of the guest, whose failures become error codes. */
    private interface Operation<T> {
        T run() throws IOException, Refused;
    }

    private static <T> Result<T, ErrorCode> attempt(Operation<T> operation) {
        try {
            return Result.ok(operation.run());
        } catch (Refused e) {
            return Result.err(e.code());
        } catch (UncheckedIOException e) {
            return Result.err(Refused.codeOf(e.getCause()));
        } catch (IOException e) {
            return Result.err(Refused.codeOf(e));
        }
    }

    private FileChannel file(DescriptorFlag needed) throws Refused {
        if (channel.isEmpty()) {
            throw new Refused(ErrorCode.IS_DIRECTORY);
        }
        if (!flags.contains(needed) || !channel.get().isOpen()) {
            throw new Refused(ErrorCode.BAD_DESCRIPTOR);
        }
        return channel.get();
    }

    private Path resolve(Set<PathFlag> pathFlags, String name) throws IOException, Refused {
        if (channel.isPresent()) {
            throw new Refused(ErrorCode.NOT_DIRECTORY);
        }
        return sandbox.resolve(path, name, pathFlags.contains(PathFlag.SYMLINK_FOLLOW));
    }

    /** The own path, if nothing on it has become a link. */
    private Path still() throws Refused {
        sandbox.requireStill(path);
        return path;
    }

    /** A path whose entry is to be changed. */
    private Path change(String name) throws IOException, Refused {
        sandbox.requireWritable();
        Path resolved = resolve(Set.of(), name);
        if (resolved.equals(sandbox.root())) {
            throw new Refused(ErrorCode.NOT_PERMITTED);
        }
        return resolved;
    }

    private static long offset(long unsigned) throws Refused {
        if (unsigned < 0) {
            throw new Refused(ErrorCode.OVERFLOW);
        }
        return unsigned;
    }

    @Override
    public Result<WasiIo.Input, ErrorCode> readViaStream(long offset) {
        return attempt(() -> {
            file(DescriptorFlag.READ);
            return new FileStreams.Reader(this, offset(offset));
        });
    }

    @Override
    public Result<WasiIo.Output, ErrorCode> writeViaStream(long offset) {
        return attempt(() -> {
            file(DescriptorFlag.WRITE);
            return new FileStreams.Writer(this, false, offset(offset));
        });
    }

    @Override
    public Result<WasiIo.Output, ErrorCode> appendViaStream() {
        return attempt(() -> {
            file(DescriptorFlag.WRITE);
            return new FileStreams.Writer(this, true, 0);
        });
    }

    @Override
    public Result<Unit, ErrorCode> advise(long offset, long length, Advice advice) {
        return Result.ok();
    }

    @Override
    public Result<Unit, ErrorCode> syncData() {
        return force(false);
    }

    @Override
    public Result<Unit, ErrorCode> sync() {
        return force(true);
    }

    private Result<Unit, ErrorCode> force(boolean metadata) {
        return attempt(() -> {
            if (channel.isPresent()) {
                channel.get().force(metadata);
            }
            return Unit.UNIT;
        });
    }

    @Override
    public Result<Set<DescriptorFlag>, ErrorCode> getFlags() {
        return Result.ok(flags);
    }

    @Override
    public Result<DescriptorType, ErrorCode> getType() {
        return Result.ok(channel.isPresent() ? DescriptorType.REGULAR_FILE : DescriptorType.DIRECTORY);
    }

    @Override
    public Result<Unit, ErrorCode> setSize(long size) {
        return attempt(() -> {
            FileChannel file = file(DescriptorFlag.WRITE);
            long now = file.size();
            if (offset(size) < now) {
                file.truncate(size);
            } else if (size > now) {
                file.write(ByteBuffer.wrap(new byte[1]), size - 1);
            }
            return Unit.UNIT;
        });
    }

    @Override
    public Result<Chunk, ErrorCode> read(long length, long offset) {
        return attempt(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(Bounds.length(length, AbstractInput.MAX_READ));
            int count = file(DescriptorFlag.READ).read(buffer, offset(offset));
            byte[] bytes = new byte[Math.max(count, 0)];
            buffer.flip().get(bytes);
            return new Chunk(bytes, count < 0);
        });
    }

    @Override
    public Result<Long, ErrorCode> write(byte[] buffer, long offset) {
        return attempt(() -> writeAll(file(DescriptorFlag.WRITE), buffer, offset(offset)));
    }

    /** Writes at the end, wherever that is now. */
    Result<Long, ErrorCode> append(byte[] bytes) {
        return attempt(() -> {
            FileChannel file = file(DescriptorFlag.WRITE);
            return writeAll(file, bytes, file.size());
        });
    }

    private static long writeAll(FileChannel file, byte[] bytes, long offset) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            file.write(left, offset + left.position());
        }
        return bytes.length;
    }

    @Override
    public Result<DirectoryEntryStream, ErrorCode> readDirectory() {
        return attempt(() -> {
            if (channel.isPresent()) {
                throw new Refused(ErrorCode.NOT_DIRECTORY);
            }
            return ListedDirectory.of(sandbox, path);
        });
    }

    @Override
    public Result<Unit, ErrorCode> createDirectoryAt(String name) {
        return attempt(() -> {
            Files.createDirectory(change(name));
            return Unit.UNIT;
        });
    }

    @Override
    public Result<DescriptorStat, ErrorCode> stat() {
        return attempt(() -> Attributes.stat(still()));
    }

    @Override
    public Result<DescriptorStat, ErrorCode> statAt(Set<PathFlag> pathFlags, String name) {
        return attempt(() -> Attributes.stat(resolve(pathFlags, name)));
    }

    @Override
    public Result<Unit, ErrorCode> setTimes(NewTimestamp access, NewTimestamp modification) {
        return attempt(() -> {
            sandbox.requireWritable();
            return Attributes.setTimes(still(), access, modification);
        });
    }

    @Override
    public Result<Unit, ErrorCode> setTimesAt(
            Set<PathFlag> pathFlags, String name, NewTimestamp access, NewTimestamp modification) {
        return attempt(() -> {
            sandbox.requireWritable();
            return Attributes.setTimes(resolve(pathFlags, name), access, modification);
        });
    }

    @Override
    public Result<Unit, ErrorCode> linkAt(
            Set<PathFlag> oldPathFlags, String oldPath, Descriptor newDescriptor, String newPath) {
        return Result.err(ErrorCode.NOT_PERMITTED);
    }

    @Override
    public Result<Descriptor, ErrorCode> openAt(
            Set<PathFlag> pathFlags, String name, Set<OpenFlag> openFlags, Set<DescriptorFlag> wanted) {
        return attempt(() -> {
            Path target = resolve(pathFlags, name);
            boolean writes = wanted.contains(DescriptorFlag.WRITE)
                    || wanted.contains(DescriptorFlag.MUTATE_DIRECTORY)
                    || openFlags.contains(OpenFlag.CREATE)
                    || openFlags.contains(OpenFlag.TRUNCATE);
            if (writes) {
                sandbox.requireWritable();
            }
            OpenFile file;
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                file = openDirectory(target, openFlags, wanted);
            } else if (openFlags.contains(OpenFlag.DIRECTORY)) {
                throw new Refused(
                        Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? ErrorCode.NOT_DIRECTORY : ErrorCode.NO_ENTRY);
            } else {
                file = openRegular(target, openFlags, wanted);
            }
            try {
                sandbox.opened(file);
            } catch (Refused e) {
                file.close();
                throw e;
            }
            return file;
        });
    }

    private OpenFile openDirectory(Path target, Set<OpenFlag> openFlags, Set<DescriptorFlag> wanted) throws Refused {
        if (openFlags.contains(OpenFlag.EXCLUSIVE)) {
            throw new Refused(ErrorCode.EXIST);
        }
        if (wanted.contains(DescriptorFlag.WRITE) || openFlags.contains(OpenFlag.TRUNCATE)) {
            throw new Refused(ErrorCode.IS_DIRECTORY);
        }
        return new OpenFile(sandbox, target, wanted, Optional.empty());
    }

    private OpenFile openRegular(Path target, Set<OpenFlag> openFlags, Set<DescriptorFlag> wanted)
            throws IOException, Refused {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            // A link that is not followed, or a pipe or device, whose opening might never end.
            throw new Refused(Files.isSymbolicLink(target) ? ErrorCode.LOOP : ErrorCode.NOT_PERMITTED);
        }
        Set<OpenOption> options = new HashSet<>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        Set<DescriptorFlag> granted = EnumSet.noneOf(DescriptorFlag.class);
        granted.addAll(wanted);
        if (wanted.contains(DescriptorFlag.READ) || !wanted.contains(DescriptorFlag.WRITE)) {
            options.add(StandardOpenOption.READ);
        }
        if (wanted.contains(DescriptorFlag.WRITE)
                || openFlags.contains(OpenFlag.CREATE)
                || openFlags.contains(OpenFlag.TRUNCATE)) {
            // Java creates and truncates only what it may write; the guest gets no more than it asked for.
            options.add(StandardOpenOption.WRITE);
        }
        if (openFlags.contains(OpenFlag.CREATE)) {
            options.add(
                    openFlags.contains(OpenFlag.EXCLUSIVE) ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        }
        if (openFlags.contains(OpenFlag.TRUNCATE)) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return new OpenFile(sandbox, target, granted, Optional.of(sandbox.openFile(target, options)));
    }

    @Override
    public Result<String, ErrorCode> readlinkAt(String name) {
        return attempt(() -> {
            Path target = resolve(Set.of(), name);
            if (!Files.isSymbolicLink(target)) {
                throw new Refused(ErrorCode.INVALID);
            }
            Path link = Files.readSymbolicLink(target);
            if (link.isAbsolute()) {
                // Would tell the guest how the host's folders are named.
                throw new Refused(ErrorCode.NOT_PERMITTED);
            }
            return link.toString();
        });
    }

    @Override
    public Result<Unit, ErrorCode> removeDirectoryAt(String name) {
        return attempt(() -> {
            Path target = change(name);
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refused(
                        Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? ErrorCode.NOT_DIRECTORY : ErrorCode.NO_ENTRY);
            }
            sandbox.delete(target, true);
            return Unit.UNIT;
        });
    }

    @Override
    public Result<Unit, ErrorCode> renameAt(String oldPath, Descriptor newDescriptor, String newPath) {
        return attempt(() -> {
            Path from = change(oldPath);
            if (!(newDescriptor instanceof OpenFile other) || other.sandbox != sandbox) {
                throw new Refused(ErrorCode.CROSS_DEVICE);
            }
            sandbox.rename(from, other.change(newPath));
            return Unit.UNIT;
        });
    }

    @Override
    public Result<Unit, ErrorCode> symlinkAt(String oldPath, String newPath) {
        return Result.err(ErrorCode.NOT_PERMITTED);
    }

    @Override
    public Result<Unit, ErrorCode> unlinkFileAt(String name) {
        return attempt(() -> {
            Path target = change(name);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refused(ErrorCode.IS_DIRECTORY);
            }
            sandbox.delete(target, false);
            return Unit.UNIT;
        });
    }

    @Override
    public boolean isSameObject(Descriptor other) {
        return other instanceof OpenFile file && file.path.equals(path);
    }

    @Override
    public Result<MetadataHashValue, ErrorCode> metadataHash() {
        return attempt(() -> Attributes.hash(still()));
    }

    @Override
    public Result<MetadataHashValue, ErrorCode> metadataHashAt(Set<PathFlag> pathFlags, String name) {
        return attempt(() -> Attributes.hash(resolve(pathFlags, name)));
    }

    @Override
    public void close() {
        sandbox.closed(this);
        channel.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                // Nobody is left who could be told; what had to be kept was written or synced before.
            }
        });
    }
}
