package infrarust.proxy.console;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes log lines to standard output, or, while a prompt stands there, to whoever keeps the two apart. There is one standard output,
 * so there is one place that says who has it.
 */
final class LineAppender extends AppenderBase<ILoggingEvent> {

    private static final Consumer<String> DIRECTLY = LineAppender::print;

    private static volatile Consumer<String> printer = DIRECTLY;

    private final LogLine layout;

    LineAppender(LogLine layout) {
        this.layout = layout;
    }

    /** Gives whole lines, each with its end, to that printer from now on; called by one thread at a time. */
    static void printThrough(Consumer<String> other) {
        printer = other;
    }

    /** Writes to standard output again. */
    static void printDirectly() {
        printer = DIRECTLY;
    }

    private static void print(String line) {
        System.out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    @Override
    protected void append(ILoggingEvent event) {
        printer.accept(layout.doLayout(event));
    }
}
