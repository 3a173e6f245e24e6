package infrarust.proxy.filter;

import infrarust.api.event.EventPriority;
import infrarust.api.filter.AsyncPacketListener;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketListener;
import java.util.Locale;

/** A packet listener that a plugin has registered. Compared by identity, as the same one may be registered twice. */
final class RegisteredListener {

    /** One of the two kinds. */
    sealed interface Kind {

        /** Decides at once. */
        record AtOnce(PacketListener listener) implements Kind {}

        /** Decides later. */
        record Later(AsyncPacketListener listener) implements Kind {}
    }

    private final String owner;
    private final PacketDirection direction;
    private final PacketInterest which;
    private final EventPriority priority;
    private final Kind kind;
    private final FaultLog faults;

    RegisteredListener(
            String owner, PacketDirection direction, PacketInterest which, EventPriority priority, Kind kind) {
        this.owner = owner;
        this.direction = direction;
        this.which = which;
        this.priority = priority;
        this.kind = kind;
        this.faults = new FaultLog(owner, "its packet listener");
    }

    /** The id of the plugin. */
    String owner() {
        return owner;
    }

    /** What it hears, in words. */
    String text() {
        return direction.name().toLowerCase(Locale.ROOT) + " " + Interests.text(which);
    }

    PacketDirection direction() {
        return direction;
    }

    PacketInterest which() {
        return which;
    }

    EventPriority priority() {
        return priority;
    }

    Kind kind() {
        return kind;
    }

    FaultLog faults() {
        return faults;
    }
}
