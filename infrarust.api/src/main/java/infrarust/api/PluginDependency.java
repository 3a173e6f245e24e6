package infrarust.api;

/**
 * Another plugin that is enabled before this one.
 *
 * @param id the other plugin's id
 * @param optional whether this plugin also runs without it. A present optional dependency still orders
 */
public record PluginDependency(String id, boolean optional) {

    /** A plugin that this one cannot run without. */
    public static PluginDependency required(String id) {
        return new PluginDependency(id, false);
    }

    /** A plugin that this one uses if it is there. */
    public static PluginDependency optional(String id) {
        return new PluginDependency(id, true);
    }
}
