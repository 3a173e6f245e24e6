package infrarust.proxy.console;

/** Where an operator's lines come from. */
interface Lines extends AutoCloseable {

    /** Runs every line that comes, one after the other; returns when none comes any more, or soon after {@link #stop}. */
    void serve();

    /** Asks for the end of {@link #serve}; any thread, which also interrupts the one that serves. */
    void stop();

    /** Leaves the terminal as it was found. By the thread that serves, when it has. */
    @Override
    void close();
}
