package infrarust.proxy.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that may be a component.
 *
 * @param origin for people: the file's name
 * @param keepsFiles whether the plugin gets a folder for its files
 * @param bytes reads all of it
 */
public record ComponentSource(String origin, boolean keepsFiles, Bytes bytes) {

    /** A component that comes with the proxy. It has no folder, so that a first run leaves nothing behind. */
    public static ComponentSource embedded(Path file) {
        return new ComponentSource(String.valueOf(file.getFileName()), false, () -> Files.readAllBytes(file));
    }

    /** Reads all of it, or says why not. */
    @FunctionalInterface
    public interface Bytes {

        /** Reads all of it. */
        byte[] read() throws IOException;
    }
}
