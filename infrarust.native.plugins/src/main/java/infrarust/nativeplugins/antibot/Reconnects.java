package infrarust.nativeplugins.antibot;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who has come a second time under the same name and from the same address, which most bots do not. Remembers a bounded number; the
 * eldest go first, and are asked again. Any thread.
 */
final class Reconnects {

    /** Some 100 bytes each. */
    static final int MOST = 50_000;

    private final long withinNanos;
    private final long rememberedNanos;
    private final LongSupplier nanos;

    /** When somebody came the first time. */
    private final Map<Visitor, Long> first = bounded();

    /** When somebody came back, or was let in again after that. */
    private final Map<Visitor, Long> known = bounded();

    private record Visitor(InetAddress address, String name) {}

    Reconnects(Duration within, Duration remembered, LongSupplier nanos) {
        this.withinNanos = within.toNanos();
        this.rememberedNanos = remembered.toNanos();
        this.nanos = nanos;
    }

    /** Notes a visit, and tells whether it is not the first one. */
    synchronized boolean hasComeBack(InetAddress address, String name) {
        long now = nanos.getAsLong();
        var visitor = new Visitor(address, name.toLowerCase(Locale.ROOT));
        Long lastSeen = known.get(visitor);
        Long begun = first.remove(visitor);
        boolean isKnown = lastSeen != null && now - lastSeen <= rememberedNanos;
        if (isKnown || (begun != null && now - begun <= withinNanos)) {
            known.put(visitor, now);
            return true;
        }
        first.put(visitor, now);
        return false;
    }

    private static Map<Visitor, Long> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Visitor, Long> eldest) {
                return size() > MOST;
            }
        };
    }
}
