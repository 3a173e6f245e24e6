package infrarust.wasm.spi;

/** Makes one kind of engine; found through {@link java.util.ServiceLoader}. */
public interface CoreEngineProvider {

    /** The name that configurations use, for example {@code chicory}. Lower case. */
    String name();

    /**
     * Opens an engine.
     *
     * @throws CoreEngineException if this machine cannot run it; the message says what is missing
     */
    CoreEngine open(CoreEngineSettings settings);
}
