package infrarust.proxy.wasm;

import java.io.IOException;

/**
 * Something that may be a component.
 *
 * @param origin for people: the file's name
 * @param keepsFiles whether the plugin gets a folder for its files
 * @param bytes reads all of it
 */
public record ComponentSource(String origin, boolean keepsFiles, Bytes bytes) {

    /** Reads all of it, or says why not. */
    @FunctionalInterface
    public interface Bytes {

        /** Reads all of it. */
        byte[] read() throws IOException;
    }
}
