package infrarust.proxy.config;

/**
 * A server as a plugin describes it, in the words of a server file.
 *
 * @param provider the plugin's id, {@code @} and the name of its provider
 * @param name tells the documents of a provider apart; stands for the file's name
 * @param toml the text
 */
public record ServerDocument(String provider, String name, String toml) {

    /** As problems name it. */
    String shown() {
        return provider + "/" + name;
    }

    /** Without the text, which may hold secrets. */
    @Override
    public String toString() {
        return shown();
    }
}
