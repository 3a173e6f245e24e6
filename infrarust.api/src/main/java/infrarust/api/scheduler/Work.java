package infrarust.api.scheduler;

/** What a task does. */
@FunctionalInterface
public interface Work {

    /**
     * Called on a virtual thread; blocking is welcome, and there is no deadline. Interrupted when the plugin is disabled.
     *
     * @throws Exception logged with the plugin's id; a repeating task goes on with its next run
     */
    void run() throws Exception;
}
