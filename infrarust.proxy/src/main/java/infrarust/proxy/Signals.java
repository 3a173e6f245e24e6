package infrarust.proxy;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The signals that end the process. The first asks for an orderly stop; a second, or one during a stop, ends it at once, since
 * whoever presses Ctrl-C twice means it. A shutdown hook could not tell the two apart.
 */
final class Signals {

    /** What a shell reports for a process that a signal ended is 128 and the signal's number. */
    private static final int SIGNAL_EXIT = 128;

    /** The number of SIGINT, everywhere. */
    private static final int INTERRUPT = 2;

    private Signals() {}

    /**
     * Begins to listen, a moment later and on a thread of its own, since the start does not wait for it.
     *
     * @param stop made by the first signal
     */
    static void stop(StopRequest stop) {
        Thread.ofPlatform().name("signals").daemon().start(() -> {
            for (String name : List.of("INT", "TERM", "HUP")) {
                handle(name, stop);
            }
        });
    }

    /** As if Ctrl-C had sent its signal, which a terminal in the hands of the console does not always. */
    static void interrupt(StopRequest stop) {
        interrupt(stop, INTERRUPT);
    }

    private static void interrupt(StopRequest stop, int signal) {
        if (stop.isMade()) {
            Runtime.getRuntime().halt(SIGNAL_EXIT + signal);
        }
        stop.stop("");
    }

    /**
     * By reflection, since the compiler warns of these classes without a way to say that it is meant. Where they are not
     * there, or the system keeps the signal to itself, the system's own handling stays.
     */
    private static void handle(String name, StopRequest stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object of = signal.getConstructor(String.class).newInstance(name);
            int number = (Integer) signal.getMethod("getNumber").invoke(of);
            Object onSignal = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(stop, arguments);
                        }
                        interrupt(stop, number);
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, of, onSignal);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class).debug("The signal {} keeps the handling of the system", name, e);
        }
    }
}
