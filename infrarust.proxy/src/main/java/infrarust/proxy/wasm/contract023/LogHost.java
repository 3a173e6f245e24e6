package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.GuestLog;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Serves {@link Log} with the plugin's logger. */
final class LogHost implements Log {

    private final Logger logger;

    LogHost(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void trace(String message) {
        GuestLog.write(logger, Level.TRACE, message);
    }

    @Override
    public void debug(String message) {
        GuestLog.write(logger, Level.DEBUG, message);
    }

    @Override
    public void info(String message) {
        GuestLog.write(logger, Level.INFO, message);
    }

    @Override
    public void warn(String message) {
        GuestLog.write(logger, Level.WARN, message);
    }

    @Override
    public void error(String message) {
        GuestLog.write(logger, Level.ERROR, message);
    }
}
