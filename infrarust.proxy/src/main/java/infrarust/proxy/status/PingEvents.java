package infrarust.proxy.status;

import com.google.gson.JsonObject;
import infrarust.api.event.PingResponse;
import infrarust.api.event.ProxyPingEvent;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.Route;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.text.TextDialect;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows plugins each answer before a pinger gets it, when one of them wants to see it. Any thread. */
final class PingEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PingEvents.class);

    private final EventDispatcher events;
    private final AtomicLong tooLong = new AtomicLong();

    PingEvents(EventDispatcher events) {
        this.events = events;
    }

    /**
     * Who asks.
     *
     * @param route where the host leads that the client has dialled, if it says it
     * @param protocol the client's number, -1 for one that has not said it
     * @param written the number that an answer of the proxy itself names
     * @param legacy whether the client is older than 1.7
     */
    record Pinger(ClientConnection client, Optional<Route> route, int protocol, int written, boolean legacy) {

        TextDialect dialect() {
            return TextDialect.at(legacy ? Integer.MAX_VALUE : protocol);
        }
    }

    /** Whether a plugin wants to see the answers. */
    boolean isHeard() {
        return events.isHeard(ProxyPingEvent.class);
    }

    /**
     * Shows plugins the answer for a pinger.
     *
     * @param then hears on the client's loop what the pinger gets; not when it has gone
     */
    void ask(Pinger pinger, StatusAnswer answer, Consumer<StatusAnswer> then) {
        ClientConnection client = pinger.client();
        JsonObject status = answer.json(pinger.written());
        PingResponse before = StatusMembers.read(status);
        client.noDeadline(); // the plugins have theirs
        events.fire(
                new ProxyPingEvent(
                        client.remoteAddress(),
                        pinger.route().map(Route::host),
                        pinger.route().flatMap(Route::server).map(ServerConfig::id),
                        pinger.protocol(),
                        pinger.legacy(),
                        before),
                client.eventLoop(),
                event -> {
                    if (client.channel().isActive()) {
                        client.deadline(StatusConversation.STEP);
                        then.accept(changed(pinger, answer, status, before, event.result()));
                    }
                });
    }

    private StatusAnswer changed(
            Pinger pinger, StatusAnswer answer, JsonObject status, PingResponse before, PingResponse after) {
        if (after.equals(before)) {
            return answer; // byte for byte
        }
        StatusMembers.write(status, before, after, pinger.dialect());
        if (status.toString().length() <= Wire.MAX_STRING) {
            return RelayedAnswer.of(status);
        }
        long times = tooLong.incrementAndGet();
        if (Long.bitCount(times) == 1) { // the first, the second, the fourth ... time
            LOG.warn(
                    "Plugins have made the answer to a ping longer than the {} characters that clients read;"
                            + " it is sent as it was (so far {} times)",
                    Wire.MAX_STRING,
                    times);
        }
        return answer;
    }
}
