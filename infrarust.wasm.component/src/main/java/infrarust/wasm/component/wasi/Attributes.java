package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorStat;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorType;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import infrarust.wasm.component.wasi.WasiFilesystem.MetadataHashValue;
import infrarust.wasm.component.wasi.WasiFilesystem.NewTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a file, in the guest's terms. Links are never followed: paths that come here are resolved. */
final class Attributes {

    private Attributes() {}

    static DescriptorStat stat(Path path) throws IOException {
        BasicFileAttributes found = read(path);
        return new DescriptorStat(
                type(found),
                1,
                found.size(),
                Optional.of(datetime(found.lastAccessTime())),
                Optional.of(datetime(found.lastModifiedTime())),
                Optional.of(datetime(found.lastModifiedTime())));
    }

    private static BasicFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static DescriptorType type(Path path) {
        try {
            return type(read(path));
        } catch (IOException e) {
            // Gone since it was listed, or not for us to see.
            return DescriptorType.UNKNOWN;
        }
    }

    private static DescriptorType type(BasicFileAttributes found) {
        if (found.isRegularFile()) {
            return DescriptorType.REGULAR_FILE;
        } else if (found.isDirectory()) {
            return DescriptorType.DIRECTORY;
        } else if (found.isSymbolicLink()) {
            return DescriptorType.SYMBOLIC_LINK;
        }
        return DescriptorType.UNKNOWN;
    }

    private static WasiClocks.Datetime datetime(FileTime time) {
        return datetime(time.toInstant());
    }

    static WasiClocks.Datetime datetime(Instant time) {
        return new WasiClocks.Datetime(time.getEpochSecond(), time.getNano());
    }

    static Unit setTimes(Path path, NewTimestamp access, NewTimestamp modification) throws IOException, Refused {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time(modification), time(access), null);
        return Unit.UNIT;
    }

    private static @Nullable FileTime time(NewTimestamp wanted) throws Refused {
        return switch (wanted) {
            case NewTimestamp.NoChange() -> null;
            case NewTimestamp.Now() -> FileTime.from(Instant.now());
            case NewTimestamp.Timestamp(var time) -> {
                try {
                    yield FileTime.from(
                            Instant.ofEpochSecond(time.seconds(), Integer.toUnsignedLong(time.nanoseconds())));
                } catch (DateTimeException | ArithmeticException e) {
                    throw new Refused(ErrorCode.INVALID);
                }
            }
        };
    }

    static MetadataHashValue hash(Path path) throws IOException {
        BasicFileAttributes found = read(path);
        Object key = found.fileKey() == null ? path : found.fileKey();
        return new MetadataHashValue(
                key.hashCode() * 0x9e37_79b9_7f4a_7c15L,
                found.size() * 31 + found.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
    }
}
