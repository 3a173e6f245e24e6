package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntry;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntryStream;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The names of a directory as they were when it was read. */
final class ListedDirectory implements DirectoryEntryStream {

    /** What a directory may hold to be listed whole. */
    private static final int MAX_ENTRIES = 100_000;

    private final Iterator<DirectoryEntry> entries;

    private ListedDirectory(List<DirectoryEntry> entries) {
        this.entries = entries.iterator();
    }

    static ListedDirectory of(Sandbox sandbox, Path directory) throws IOException, Refused {
        List<Path> paths;
        try (DirectoryStream<Path> open = sandbox.openDirectory(directory)) {
            paths = StreamSupport.stream(open.spliterator(), false)
                    .limit(MAX_ENTRIES + 1L)
                    .map(path -> directory.resolve(path.getFileName()))
                    .sorted()
                    .toList();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (paths.size() > MAX_ENTRIES) {
            throw new Refused(ErrorCode.OVERFLOW);
        }
        return new ListedDirectory(paths.stream()
                .map(path -> new DirectoryEntry(Attributes.type(path), String.valueOf(path.getFileName())))
                .toList());
    }

    @Override
    public Result<Optional<DirectoryEntry>, ErrorCode> readDirectoryEntry() {
        return Result.ok(entries.hasNext() ? Optional.of(entries.next()) : Optional.empty());
    }
}
