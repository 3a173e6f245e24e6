package infrarust.wasm.component.wasi;

import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * One directory of the host that a guest may use, and what is open in it. A path of the guest is walked component by component
 * from the directory that it is relative to: {@code ..} above that, an absolute path and a link to one are not permitted, and
 * links are followed here and never by the system.
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
     * @return a path none of whose components below the base is a link, except the last one when it is not followed
     */
    static Path resolve(Path base, String path, boolean follow) throws Refused, IOException {
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
