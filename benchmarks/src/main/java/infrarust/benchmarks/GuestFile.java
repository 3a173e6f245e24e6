package infrarust.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A component of {@code guest/}, as it is, and as the core module within it. */
public final class GuestFile {

    private static final int HEADER = 8;
    private static final int CUSTOM_SECTION = 0;
    private static final int CORE_MODULE_SECTION = 1;

    private final byte[] component;

    private GuestFile(byte[] component) {
        this.component = component;
    }

    /**
     * Reads a file.
     *
     * @param path below {@code guest/}
     */
    public static GuestFile read(String path) {
        Path file = Path.of(System.getProperty("infrarust.benchmarks.guest", "guest"), path);
        try {
            return new GuestFile(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read; start with benchmarks/run or set -Dinfrarust.benchmarks.guest", e);
        }
    }

    /** The component. */
    public byte[] bytes() {
        return component.clone();
    }

    /** The first core module, which holds the guest's own code. */
    public byte[] coreModule() {
        Section section = firstModule();
        return Arrays.copyOfRange(component, section.start, section.end);
    }

    /** The same component with another core module to an engine: one with a mark that says nothing. */
    public GuestFile marked(int mark) {
        Section section = firstModule();
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(coreModule());
        module.writeBytes(new byte[] {CUSTOM_SECTION, 3, 1, 'm', (byte) mark});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(component, 0, section.header);
        out.write(CORE_MODULE_SECTION);
        int size = module.size();
        for (int i = 0; i < 4; i++) {
            out.write(((size >>> (7 * i)) & 0x7f) | 0x80);
        }
        out.write(size >>> 28);
        out.writeBytes(module.toByteArray());
        out.write(component, section.end, component.length - section.end);
        return new GuestFile(out.toByteArray());
    }

    private record Section(int header, int start, int end) {}

    private Section firstModule() {
        int at = HEADER;
        while (at < component.length) {
            int header = at;
            int id = component[at++];
            int size = 0;
            int shift = 0;
            byte b;
            do {
                b = component[at++];
                size |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            if (id == CORE_MODULE_SECTION) {
                return new Section(header, at, at + size);
            }
            at += size;
        }
        throw new IllegalStateException("the component has no core module");
    }
}
