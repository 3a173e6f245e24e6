package infrarust.api.config;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Servers that a plugin adds to the configuration, each described by a document in the words of a server file. Players reach
 * them as soon as a stage has completed. Any thread may call; the stages complete on any thread, never exceptionally.
 */
public interface ConfigProvider extends AutoCloseable {

    /** The plugin's id, {@code @} and the name of this source. */
    String id();

    /**
     * Adds a document, or replaces the one of that name. Nothing else changes when it is refused: a document that was there
     * under the name stays.
     *
     * @param name stands for the file's name: the server's id unless the text says another
     * @param toml what a file of the servers folder would hold
     */
    CompletionStage<DocumentOutcome> put(String name, String toml);

    /**
     * Takes a document away. Players on its server stay there.
     *
     * @return completes with whether there was one
     */
    CompletionStage<Boolean> remove(String name);

    /** The names of the documents that are there. */
    List<String> documents();

    /** Takes all of its documents away. Closing twice does nothing. */
    @Override
    void close();
}
