package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Compiled code on disk, one file per module. What is loaded from here runs as trusted code, so folder and files belong to
 * the user of this process and nobody else may write them; others are ignored. The checksum finds damage, not malice.
 *
 * <p>File names are the module's {@link ModuleKey}. A file holds a magic number, the format and the version of Chicory, the
 * checksum and length of the rest, and the rest: names, the module, indices of interpreted functions and of functions that
 * are referred to, classes.
 */
final class CodeCache {

    private static final int MAGIC = 0x49574343;
    /** Changes with anything that generated code depends on in this package. */
    private static final int FORMAT = 5;

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Path PROCESS = Path.of("/proc/self");

    private final Path folder;
    private final Supplier<System.Logger> log;
    /** Empty until first used; then the user that new files belong to, or that the folder cannot be used. */
    private @Nullable Access access;

    /** What is known of the folder. */
    private record Access(boolean usable, Optional<UserPrincipal> user) {}

    CodeCache(Path folder, Supplier<System.Logger> log) {
        this.folder = folder;
        this.log = log;
    }

    /** The entry of that module, if there is a good one. */
    Optional<CompiledCode> load(ModuleKey key, byte[] wasm) {
        Path file = file(key);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Access found = access();
            if (!found.usable()) {
                return Optional.empty();
            }
            if (!isOurs(file, found)) {
                log.get()
                        .log(
                                System.Logger.Level.WARNING,
                                "compiled code {0} is ignored: it is no file of ours, or others may write it; delete it",
                                file);
                return Optional.empty();
            }
            return read(Files.readAllBytes(file), wasm);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Truncated or changed bytes surface as any of these while the entry is decoded.
            discard(key, e);
            return Optional.empty();
        }
    }

    /** Says once that an entry is bad; the caller compiles anew and overwrites it. */
    void discard(ModuleKey key, Exception reason) {
        log.get()
                .log(
                        System.Logger.Level.WARNING,
                        "compiled code {0} is damaged or of another version and is made anew: {1}",
                        file(key),
                        reason.getMessage() == null ? reason.toString() : reason.getMessage());
    }

    /** Keeps an entry; failing to is a warning. */
    void store(ModuleKey key, byte[] wasm, CompiledCode code) {
        Access found = access();
        if (!found.usable()) {
            return;
        }
        try {
            Path temporary = Files.createTempFile(folder, key.hex(), ".tmp", ownerOnly(folder, "rw-------"));
            try {
                Files.write(temporary, write(wasm, code));
                Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            log.get()
                    .log(System.Logger.Level.WARNING, "compiled code cannot be kept in {0}: {1}", folder, e.toString());
        }
    }

    private Path file(ModuleKey key) {
        return folder.resolve(key.hex() + "-" + key.length() + ".code");
    }

    // Access

    private synchronized Access access() {
        Access known = access;
        if (known == null) {
            known = open();
            access = known;
        }
        return known;
    }

    private Access open() {
        try {
            if (!Files.isDirectory(folder)) {
                createFolder();
            }
            if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
                // No such permissions here (Windows): folders of a user are the user's.
                return new Access(true, Optional.empty());
            }
            PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
            Access found = new Access(true, Optional.of(likelyUser()));
            if (belongs(attributes, found)) {
                return found;
            }
            found = new Access(true, Optional.of(user()));
            if (belongs(attributes, found)) {
                return found;
            }
            log.get()
                    .log(
                            System.Logger.Level.WARNING,
                            "compiled code is not kept: {0} belongs to {1} with {2}, it must be ours and writable by nobody else",
                            folder,
                            attributes.owner(),
                            PosixFilePermissions.toString(attributes.permissions()));
        } catch (IOException e) {
            log.get().log(System.Logger.Level.WARNING, "compiled code is not kept in {0}: {1}", folder, e.toString());
        }
        return new Access(false, Optional.empty());
    }

    /** Who this process is, unless it has more rights than its user: then Linux says root. Cheaper than {@link #user()}. */
    private UserPrincipal likelyUser() throws IOException {
        return Files.isDirectory(PROCESS) ? Files.getOwner(PROCESS) : user();
    }

    /** Who this process is: the owner of a new file. Its name needs a random source, which takes 10 ms to set up. */
    private UserPrincipal user() throws IOException {
        Path probe = Files.createTempFile(folder, "probe", ".tmp", ownerOnly(folder, "rw-------"));
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private void createFolder() throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path parent = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Files.createDirectories(parent);
        try {
            Files.createDirectory(absolute, ownerOnly(parent, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path where, String permissions) {
        return Files.getFileAttributeView(where, PosixFileAttributeView.class) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
    }

    private static boolean isOurs(Path file, Access access) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return access.user().isEmpty()
                || belongs(Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS), access);
    }

    private static boolean belongs(PosixFileAttributes attributes, Access access) {
        return access.user().filter(attributes.owner()::equals).isPresent()
                && attributes.permissions().stream().noneMatch(OTHERS_WRITE::contains);
    }

    // Format

    private static byte[] write(byte[] wasm, CompiledCode code) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256 * 1024);
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF(code.machine());
        out.writeUTF(code.gate());
        block(out, wasm);
        indices(out, code.interpreted());
        indices(out, code.references());
        out.writeInt(code.entryBytes());
        out.writeInt(code.classes().size());
        for (Map.Entry<String, byte[]> entry : code.classes().entrySet()) {
            out.writeUTF(entry.getKey());
            block(out, entry.getValue());
        }
        byte[] rest = body.toByteArray();
        ByteArrayOutputStream file = new ByteArrayOutputStream(rest.length + 64);
        DataOutputStream head = new DataOutputStream(file);
        head.writeInt(MAGIC);
        head.writeInt(FORMAT);
        head.writeUTF(Version.version());
        head.writeLong(checksum(rest, 0, rest.length));
        block(head, rest);
        return file.toByteArray();
    }

    /** Empty if the entry is of another module with the same key. */
    private static Optional<CompiledCode> read(byte[] file, byte[] wasm) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        if (in.readInt() != MAGIC || in.readInt() != FORMAT || !in.readUTF().equals(Version.version())) {
            throw new IOException("another format or version");
        }
        long checksum = in.readLong();
        int length = in.readInt();
        int start = file.length - length;
        if (length != in.available() || checksum(file, start, length) != checksum) {
            throw new IOException("length or checksum does not match");
        }
        String machine = in.readUTF();
        String gate = in.readUTF();
        if (!Arrays.equals(block(in), wasm)) {
            return Optional.empty();
        }
        List<Integer> interpreted = indices(in);
        List<Integer> references = indices(in);
        int entryBytes = in.readInt();
        int classCount = in.readInt();
        Map<String, byte[]> classes = new HashMap<>();
        for (int i = 0; i < classCount; i++) {
            String name = in.readUTF();
            classes.put(name, block(in));
        }
        return Optional.of(new CompiledCode(machine, gate, interpreted, references, entryBytes, classes));
    }

    private static long checksum(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return crc.getValue();
    }

    private static void indices(DataOutputStream out, List<Integer> indices) throws IOException {
        out.writeInt(indices.size());
        for (int index : indices) {
            out.writeInt(index);
        }
    }

    private static List<Integer> indices(DataInputStream in) throws IOException {
        List<Integer> indices = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            indices.add(in.readInt());
        }
        return List.copyOf(indices);
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a block of " + length + " bytes does not fit");
        }
        return in.readNBytes(length);
    }
}
