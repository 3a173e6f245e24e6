package infrarust.proxy.event;

import java.time.Duration;

/**
 * What one plugin's listeners of one event have taken since the proxy started.
 *
 * @param owner the plugin's id
 * @param event the simple name of the event's class
 * @param calls how often one was called
 * @param failed how many of these ended by an exception
 * @param late how many missed their deadline, and were given up
 * @param slow how many were busy for more than {@link EventDispatcher#SLOW}
 * @param slowest the longest that one took
 * @param total what all took together
 */
public record ListenerReport(
        String owner, String event, long calls, long failed, long late, long slow, Duration slowest, Duration total) {}
