package infrarust.proxy.login;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file that holds the {@link ForwardingSecret}: one line, with or without blanks around it. Any thread that may wait. */
public final class SecretFile {

    private static final long MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /** @param file need not exist */
    public SecretFile(Path file) {
        this.file = file;
    }

    /** What is in the file, if it is there. A failure's message is for the operator and names the file. */
    public Optional<ForwardingSecret> read() throws IOException {
        String text;
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a folder; the file of the forwarding secret is expected there");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " has more than " + MAX_BYTES + " bytes, which no forwarding secret has");
            }
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text, so no forwarding secret can be read from it", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read by this user, so there is no forwarding secret", e);
        }
        // Editors write line ends, some a byte order mark; servers do not count them as the secret either.
        String secret = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
        if (secret.isEmpty()) {
            throw new IOException(
                    file + " is empty; put the secret of your servers in it, or remove it to get a new one");
        }
        if (secret.lines().count() > 1) {
            throw new IOException(file + " has more than one line; a forwarding secret is one line");
        }
        return Optional.of(ForwardingSecret.of(secret));
    }

    /** As {@link #read}; a file that is not there is made, with a new secret, readable by this user only. */
    public ForwardingSecret readOrCreate() throws IOException {
        Optional<ForwardingSecret> there = read();
        if (there.isPresent()) {
            return there.get();
        }
        ForwardingSecret made = ForwardingSecret.random();
        FileAttribute<?>[] attributes =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(StandardCharsets.UTF_8.encode(made.text() + "\n"));
            return made;
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, or it is a link that leads nowhere.
            return read().orElseThrow(() -> new IOException(file + " is a link that leads nowhere", e));
        } catch (NoSuchFileException e) {
            throw new IOException(file + " cannot be made: its folder is not there", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be made: this user may not write in its folder", e);
        }
    }

    /** Whether other users of the machine can read it, where the file system knows users. */
    public boolean isReadableByOthers() throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.GROUP_READ);
    }
}
