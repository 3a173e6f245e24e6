package infrarust.proxy.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The system's libdeflate: zlib for whole buffers, called through {@code java.lang.foreign}. Immutable; any thread.
 *
 * <p>Pointers are passed as numbers of 64 bits, which the calling conventions of x86-64 and AArch64 do not tell apart, so that
 * no object is made for a call.
 */
public final class LibDeflate {

    /** The system property that names the library's file, or is {@code off} when none shall be used. */
    public static final String PROPERTY = "infrarust.libdeflate";

    private static final String OFF = "off";

    /** {@code LIBDEFLATE_SUCCESS} of {@code libdeflate.h}. */
    private static final int SUCCESS = 0;

    private final MethodHandle allocCompressor;
    private final MethodHandle allocDecompressor;
    private final MethodHandle freeCompressor;
    private final MethodHandle freeDecompressor;
    private final MethodHandle compress;
    private final MethodHandle decompress;

    private LibDeflate(SymbolLookup library) {
        var pointer = ValueLayout.JAVA_LONG;
        var size = ValueLayout.JAVA_LONG;
        allocCompressor =
                handle(library, "libdeflate_alloc_compressor", FunctionDescriptor.of(pointer, ValueLayout.JAVA_INT));
        allocDecompressor = handle(library, "libdeflate_alloc_decompressor", FunctionDescriptor.of(pointer));
        freeCompressor = handle(library, "libdeflate_free_compressor", FunctionDescriptor.ofVoid(pointer));
        freeDecompressor = handle(library, "libdeflate_free_decompressor", FunctionDescriptor.ofVoid(pointer));
        compress = handle(
                library,
                "libdeflate_zlib_compress",
                FunctionDescriptor.of(size, pointer, pointer, size, pointer, size));
        decompress = handle(
                library,
                "libdeflate_zlib_decompress",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, pointer, pointer, size, pointer, size, pointer));
    }

    @SuppressWarnings("restricted") // the module is granted native access by the launcher
    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name)
                                .orElseThrow(() -> new UnsupportedOperationException("the library has no " + name)),
                        descriptor);
    }

    /**
     * The library of that file, or the system's own when none is named. Binding its functions takes long in a cold JVM. What is
     * loaded stays loaded.
     *
     * @param named a file, {@code off}, or empty
     * @return empty when there is none, it is none, or it is not wanted
     */
    @SuppressWarnings("restricted") // as above
    public static Optional<LibDeflate> find(Optional<String> named) {
        if (named.filter(OFF::equals).isPresent() || !hasPlainPointers()) {
            return Optional.empty();
        }
        for (String file : named.map(List::of).orElseGet(LibDeflate::usualNames)) {
            try {
                return Optional.of(new LibDeflate(SymbolLookup.libraryLookup(file, Arena.global())));
            } catch (IllegalArgumentException | UnsupportedOperationException | IllegalCallerException absent) {
                // The next name; without any, the JDK's zlib does it all.
            }
        }
        return Optional.empty();
    }

    private static boolean hasPlainPointers() {
        String architecture = System.getProperty("os.arch");
        return architecture.equals("amd64") || architecture.equals("x86_64") || architecture.equals("aarch64");
    }

    private static List<String> usualNames() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("win")) {
            return List.of("libdeflate.dll", "deflate.dll");
        }
        if (system.contains("mac")) {
            return List.of("/opt/homebrew/lib/libdeflate.0.dylib", "/usr/local/lib/libdeflate.0.dylib");
        }
        return List.of("libdeflate.so.0");
    }

    /** Room in which everything of that length fits once deflated: stored blocks add five bytes for each 5,000, and some. */
    static int bound(int length) {
        return length + length / 512 + 64;
    }

    /**
     * The library's state for one thread.
     *
     * @param level from 1, fast, to 12, small
     * @throws OutOfMemoryError when the system has no memory for it
     */
    Codec open(int level) {
        return new Codec(level);
    }

    /** Deflates and inflates. For one thread. */
    final class Codec implements AutoCloseable {

        private final long compressor;
        private final long decompressor;

        private Codec(int level) {
            try {
                compressor = (long) allocCompressor.invokeExact(level);
                decompressor = (long) allocDecompressor.invokeExact();
            } catch (Throwable impossible) {
                throw impossible(impossible);
            }
            if (compressor == 0 || decompressor == 0) {
                close();
                throw new OutOfMemoryError("no memory for libdeflate");
            }
        }

        /**
         * Deflates.
         *
         * @param in address of the bytes
         * @param length how many
         * @param out address for the result
         * @param room bytes there
         * @return the length of the result, or 0 when there is no room for it
         */
        int deflate(long in, int length, long out, int room) {
            try {
                return (int) (long) compress.invokeExact(compressor, in, (long) length, out, (long) room);
            } catch (Throwable impossible) {
                throw impossible(impossible);
            }
        }

        /**
         * Inflates; bytes behind the end of the stream are ignored.
         *
         * @param in address of the bytes
         * @param length how many
         * @param out address for the result
         * @param exactly how long the result has to be
         * @return whether it is a zlib stream of that result
         */
        boolean inflate(long in, int length, long out, int exactly) {
            try {
                return SUCCESS
                        == (int) decompress.invokeExact(decompressor, in, (long) length, out, (long) exactly, 0L);
            } catch (Throwable impossible) {
                throw impossible(impossible);
            }
        }

        /** Gives the memory back; nothing may be called afterwards. */
        @Override
        public void close() {
            try {
                freeCompressor.invokeExact(compressor); // null is allowed, as for free(3)
                freeDecompressor.invokeExact(decompressor);
            } catch (Throwable impossible) {
                throw impossible(impossible);
            }
        }

        private static AssertionError impossible(Throwable thrown) {
            return new AssertionError("A function of C does not throw", thrown);
        }
    }
}
