package infrarust.proxy.console;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up in code: lines to standard output, from info on. Asked by {@link LogProvider} in the proxy's own process; found
 * by Logback itself elsewhere, which then looks for no file.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final String DIRECT = "stdout";
    private static final String QUEUED = "queue";

    /** Lines that may wait for a slow terminal or pipe; further ones are dropped. */
    private static final int QUEUE = 8192;

    /** For Logback. */
    public LogConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        setUp(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void setUp(LoggerContext context) {
        LogLine layout = new LogLine(Colours.wantedHere());
        layout.setContext(context);
        layout.start();
        LineAppender console = new LineAppender(layout);
        console.setContext(context);
        console.setName(DIRECT);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(LogFilter.defaults().root());
    }

    /**
     * Prepares logging for a running proxy: applies the filter, and lets a thread of its own write, so that a terminal that
     * stands still, or a full pipe, stops no event loop.
     */
    public static void start(LogFilter filter) {
        LogProvider.choose();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(filter.root());
            filter.parts().forEach((name, level) -> context.getLogger(name).setLevel(level));
            var direct = root.getAppender(DIRECT);
            if (direct != null) {
                AsyncAppender queue = new AsyncAppender();
                queue.setContext(context);
                queue.setName(QUEUED);
                queue.setQueueSize(QUEUE);
                queue.setDiscardingThreshold(0);
                queue.setNeverBlock(true);
                queue.addAppender(direct);
                queue.start();
                root.detachAppender(direct);
                root.addAppender(queue);
            }
        }
    }

    /** Writes what is queued, waiting a second at most, and goes back to writing directly. */
    public static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(QUEUED) instanceof AsyncAppender queue) {
                var direct = queue.getAppender(DIRECT);
                root.detachAppender(queue);
                queue.stop(); // writes what waits, then stops the appender behind it too
                direct.start();
                root.addAppender(direct);
            }
        }
    }
}
