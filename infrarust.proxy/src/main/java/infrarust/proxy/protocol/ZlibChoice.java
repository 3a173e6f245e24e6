package infrarust.proxy.protocol;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which zlib packets go through: the JDK's, and from a length on libdeflate, once it is there. It is looked for when the first
 * player comes and beside everything else, since binding native functions takes long in a cold JVM. Any thread.
 */
public final class ZlibChoice {

    private static final Logger LOG = LoggerFactory.getLogger(ZlibChoice.class);

    private final Consumer<Runnable> beside;
    private final AtomicBoolean sought = new AtomicBoolean();
    private volatile @Nullable LibDeflate library;

    /**
     * @param beside runs something on a thread that may wait
     */
    public ZlibChoice(Consumer<Runnable> beside) {
        this.beside = beside;
    }

    /** The JDK's for everything, for good. */
    public static ZlibChoice jdk() {
        return new ZlibChoice(_ -> {});
    }

    /** That library for everything that is long enough. */
    public static ZlibChoice of(LibDeflate library) {
        ZlibChoice choice = jdk();
        choice.library = library;
        return choice;
    }

    /** Looks for the library, the first time; returns at once. */
    public void seek() {
        if (!sought.get() && sought.compareAndSet(false, true)) {
            beside.accept(this::find);
        }
    }

    private void find() {
        Optional<String> named = Optional.ofNullable(System.getProperty(LibDeflate.PROPERTY));
        Optional<LibDeflate> found = LibDeflate.find(named);
        found.ifPresentOrElse(
                one -> {
                    library = one;
                    LOG.info(
                            "Compression: libdeflate deflates packets of {} bytes and more and inflates those of {},"
                                    + " java.util.zip smaller ones",
                            Compression.LIBRARY_DEFLATES_FROM,
                            Compression.LIBRARY_INFLATES_FROM);
                },
                () -> LOG.info(
                        "Compression: java.util.zip; {}",
                        named.map(file -> "-D" + LibDeflate.PROPERTY + "=" + file)
                                .orElse("a system with libdeflate would need less time for long packets")));
    }

    @Nullable
    LibDeflate library() {
        return library;
    }
}
