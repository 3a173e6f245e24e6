package infrarust.proxy.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/** Turns what an operator gives as a favicon into the data URI that clients read. */
final class Favicon {

    private static final String DATA_URI = "data:image/png;base64,";
    /**
     * Clients read a status of at most 32,767 characters; this leaves room for everything else in it, and a real icon of
     * 64×64 is far below.
     */
    private static final int MAX_PNG_BYTES = 22_000;

    private static final int SIDE = 64;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Base64 of the signature's first six bytes: how a PNG in raw base64 begins. */
    private static final String RAW_BASE64_START = "iVBORw0K";

    private Favicon() {}

    /**
     * Reads the value: a data URI, a PNG in raw base64, or the path of a PNG file. Blocks on the file; not for event loops.
     *
     * @param value as configured
     * @param folder what a relative path is relative to
     * @throws IllegalArgumentException with a message for the operator, when it is none of these, or the image is no PNG of
     *     64×64, or too large
     */
    static String dataUri(String value, Path folder) {
        if (value.startsWith("http://") || value.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "\"" + value
                            + "\" is a URL; the proxy fetches nothing: save the image beside the configuration and give its path");
        }
        if (value.startsWith("data:")) {
            if (!value.startsWith(DATA_URI)) {
                throw new IllegalArgumentException("the data URI must begin with \"" + DATA_URI + "\"");
            }
            return DATA_URI + checkedBase64(value.substring(DATA_URI.length()));
        }
        if (value.startsWith(RAW_BASE64_START)) {
            return DATA_URI + checkedBase64(value);
        }
        return DATA_URI + Base64.getEncoder().encodeToString(file(value, folder));
    }

    private static String checkedBase64(String base64) {
        // Mojang's own server wrapped lines at 76 characters once; clients accept no line breaks any more.
        String joined = base64.replaceAll("\\s", "");
        byte[] png;
        try {
            png = Base64.getDecoder().decode(joined);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "the base64 of the image is damaged: " + malformed.getMessage(), malformed);
        }
        check(png, "the image");
        return joined;
    }

    private static byte[] file(String value, Path folder) {
        try {
            Path path = folder.resolve(value);
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("there is no file " + path
                        + " (allowed are the path of a PNG, a data URI, and a PNG in base64)");
            }
            long size = Files.size(path);
            if (size > MAX_PNG_BYTES) {
                throw new IllegalArgumentException(tooLarge(path.toString(), size));
            }
            byte[] png = Files.readAllBytes(path);
            check(png, path.toString());
            return png;
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException("\"" + value + "\" is neither an image in base64 nor a path", noPath);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + value + ": " + unreadable, unreadable);
        }
    }

    private static void check(byte[] png, String what) {
        if (png.length < 24) {
            throw new IllegalArgumentException(what + " is no PNG: it has only " + png.length + " bytes");
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (png[i] != SIGNATURE[i]) {
                throw new IllegalArgumentException(what + " is no PNG");
            }
        }
        // The first chunk is always the header, which begins with width and height.
        int width = number(png, 16);
        int height = number(png, 20);
        if (width != SIDE || height != SIDE) {
            throw new IllegalArgumentException(
                    what + " has " + width + "×" + height + " pixels; clients show only 64×64");
        }
        if (png.length > MAX_PNG_BYTES) {
            throw new IllegalArgumentException(tooLarge(what, png.length));
        }
    }

    private static String tooLarge(String what, long bytes) {
        return what + " has " + bytes + " bytes; at most " + MAX_PNG_BYTES
                + " fit into a status answer: reduce its colours";
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }
}
