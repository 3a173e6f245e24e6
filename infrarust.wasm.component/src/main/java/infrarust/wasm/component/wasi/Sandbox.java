package infrarust.wasm.component.wasi;

import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * One directory of the host that a guest may use, and what is open in it. A path of the guest is walked component by component
 * from the directory that it is relative to: {@code ..} above that, an absolute path and a link to one are not permitted, and
 * links are followed here and never by the system.
 *
 * <p>A guest cannot make links, but it may move those that are there to where a directory was that it, or another instance
 * with the same folder, has open. So a directory that is used again is looked at again, and files are opened, removed and
 * renamed from directory to directory (the system's {@code openat} and its kin), where nothing can be exchanged in between.
 * What Java cannot do that way, making directories and reading and setting attributes, is done by a path that was looked at a
 * moment before.
 */
final class Sandbox {

    /** What a guest may hold open at a time. */
    static final int MAX_OPEN = 128;

    private static final int MAX_LINKS = 32;

    private final Path root;
    private final boolean readOnly;
    private final Set<OpenFile> open = new HashSet<>();

    Sandbox(Path root, boolean readOnly) throws IOException {
        this.root = root.toRealPath();
        this.readOnly = readOnly;
    }

    Path root() {
        return root;
    }

    boolean readOnly() {
        return readOnly;
    }

    void requireWritable() throws Refused {
        if (readOnly) {
            throw new Refused(ErrorCode.READ_ONLY);
        }
    }

    void opened(OpenFile file) throws Refused {
        if (open.size() >= MAX_OPEN) {
            throw new Refused(ErrorCode.QUOTA);
        }
        open.add(file);
    }

    void closed(OpenFile file) {
        open.remove(file);
    }

    void closeAll() {
        Set.copyOf(open).forEach(OpenFile::close);
    }

    /**
     * The host's path for a guest's one.
     *
     * @param base the directory that the path is relative to; within the root
     * @param follow whether a link at the end is followed
     * @return a path none of whose components below the root is a link, except the last one when it is not followed
     */
    Path resolve(Path base, String path, boolean follow) throws Refused, IOException {
        requireStill(base);
        if (path.isEmpty()) {
            throw new Refused(ErrorCode.NO_ENTRY);
        }
        if (path.startsWith("/")) {
            throw new Refused(ErrorCode.NOT_PERMITTED);
        }
        Deque<String> left = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        boolean directory = path.endsWith("/");
        Path at = base;
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (at.equals(base)) {
                    throw new Refused(ErrorCode.NOT_PERMITTED);
                }
                requireDirectory(at);
                at = parent(at);
                continue;
            }
            Path next = child(at, name);
            boolean last = left.stream().allMatch(rest -> rest.isEmpty() || rest.equals("."));
            if (Files.isSymbolicLink(next) && (!last || follow || directory)) {
                if (++links > MAX_LINKS) {
                    throw new Refused(ErrorCode.LOOP);
                }
                String target = Files.readSymbolicLink(next).toString().replace(File.separatorChar, '/');
                if (target.startsWith("/") || Path.of(target).isAbsolute()) {
                    throw new Refused(ErrorCode.NOT_PERMITTED);
                }
                String[] parts = target.split("/", -1);
                for (int i = parts.length - 1; i >= 0; i--) {
                    left.addFirst(parts[i]);
                }
            } else {
                if (!last) {
                    requireDirectory(next);
                }
                at = next;
            }
        }
        return at;
    }

    /** Refuses a path on which there is a link now, although there was none when it was resolved. */
    void requireStill(Path path) throws Refused {
        Path at = root;
        for (Path name : root.relativize(path)) {
            at = at.resolve(name);
            if (Files.isSymbolicLink(at)) {
                throw new Refused(ErrorCode.NO_ENTRY);
            }
        }
    }

    /** Opens a directory by a resolved path, to be closed by the caller; secure where the system can do that. */
    @SuppressWarnings("StreamResourceLeak") // what is opened on the way is closed, the last one is the result
    DirectoryStream<Path> openDirectory(Path directory) throws IOException, Refused {
        requireStill(directory);
        DirectoryStream<Path> at = Files.newDirectoryStream(root);
        if (!(at instanceof SecureDirectoryStream<Path>)) {
            at.close();
            return Files.newDirectoryStream(directory);
        }
        if (!directory.equals(root)) {
            for (Path name : root.relativize(directory)) {
                try (DirectoryStream<Path> parent = at) {
                    at = ((SecureDirectoryStream<Path>) parent).newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
        return at;
    }

    /** Opens a file by a resolved path; the options say that a link is not followed. */
    FileChannel openFile(Path file, Set<OpenOption> options) throws IOException, Refused {
        try (DirectoryStream<Path> parent = openDirectory(parent(file))) {
            if (parent instanceof SecureDirectoryStream<Path> secure
                    && secure.newByteChannel(file.getFileName(), options) instanceof FileChannel channel) {
                return channel;
            }
            return FileChannel.open(file, options);
        }
    }

    /** Removes a file, or a directory without entries, by a resolved path. */
    void delete(Path target, boolean directory) throws IOException, Refused {
        try (DirectoryStream<Path> parent = openDirectory(parent(target))) {
            if (!(parent instanceof SecureDirectoryStream<Path> secure)) {
                Files.delete(target);
            } else if (directory) {
                secure.deleteDirectory(target.getFileName());
            } else {
                secure.deleteFile(target.getFileName());
            }
        }
    }

    /** Renames by resolved paths; replaces a file that is there. */
    void rename(Path from, Path to) throws IOException, Refused {
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(ErrorCode.IS_DIRECTORY);
        }
        try (DirectoryStream<Path> source = openDirectory(parent(from));
                DirectoryStream<Path> target = openDirectory(parent(to))) {
            if (source instanceof SecureDirectoryStream<Path> secure
                    && target instanceof SecureDirectoryStream<Path> secureTarget) {
                secure.move(from.getFileName(), secureTarget, to.getFileName());
            } else {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path parent(Path path) throws Refused {
        Path parent = path.getParent();
        if (parent == null) {
            throw new Refused(ErrorCode.NOT_PERMITTED);
        }
        return parent;
    }

    private static void requireDirectory(Path path) throws Refused {
        if (!Files.isDirectory(path)) {
            throw new Refused(Files.exists(path) ? ErrorCode.NOT_DIRECTORY : ErrorCode.NO_ENTRY);
        }
    }

    /** A name of the guest as one component of a path of the host. */
    private static Path child(Path directory, String name) throws Refused {
        if (File.separatorChar == '\\' && (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0)) {
            // Means something else to Windows than to the guest.
            throw new Refused(ErrorCode.INVALID);
        }
        try {
            Path child = directory.resolve(name);
            if (child.getNameCount() != directory.getNameCount() + 1 || !child.startsWith(directory)) {
                throw new Refused(ErrorCode.INVALID);
            }
            return child;
        } catch (InvalidPathException e) {
            throw new Refused(ErrorCode.ILLEGAL_BYTE_SEQUENCE);
        }
    }
}
