package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntry;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntryStream;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of a directory as they were when it was read. */
final class ListedDirectory implements DirectoryEntryStream {

    /** What a directory may hold to be listed whole. */
    private static final int MAX_ENTRIES = 100_000;

    private final Iterator<DirectoryEntry> entries;

    private ListedDirectory(List<DirectoryEntry> entries) {
        this.entries = entries.iterator();
    }

    static ListedDirectory of(Path directory) throws IOException, Refused {
        List<Path> paths;
        try (Stream<Path> files = Files.list(directory)) {
            paths = files.limit(MAX_ENTRIES + 1L).sorted().toList();
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
