package infrarust.proxy.console;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback, set up by us, for SLF4J. Named by a system property, so that neither of them searches every module and reads
 * annotations for what is known; that search took a tenth of the start.
 */
public final class LogProvider implements SLF4JServiceProvider {

    /** The property by which SLF4J is told whom to take. */
    private static final String CHOICE = "slf4j.provider";

    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

    /** For SLF4J. */
    public LogProvider() {}

    /** Makes SLF4J take this one, unless somebody has chosen, or it has taken one already. */
    static void choose() {
        if (System.getProperty(CHOICE) == null) {
            System.setProperty(CHOICE, LogProvider.class.getName());
            System.setProperty(VERBOSITY, "WARN"); // it would print a line about the choice
        }
    }

    @Override
    public void initialize() {
        context.setName("default");
        context.setMDCAdapter(diagnostics);
        LogConfigurator.setUp(context);
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
