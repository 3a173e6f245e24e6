package infrarust.wasm.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The components that tests load. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("guests/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no test resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
