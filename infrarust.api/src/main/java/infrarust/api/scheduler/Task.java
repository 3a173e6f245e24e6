package infrarust.api.scheduler;

/** Something that was given to the {@link Scheduler}. Any thread may call. */
public interface Task {

    /** Begins no run any more; one that is under way goes on. Does nothing when the task has ended. */
    void cancel();

    /** Whether no run will begin any more: it has run, was cancelled, or its plugin is disabled. */
    boolean hasEnded();
}
