package infrarust.proxy.plugin;

import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.CodecFilterFactory;
import infrarust.api.filter.CodecSession;
import infrarust.api.filter.FilterRegistration;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.TransportVerdict;
import infrarust.proxy.event.AccessGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stays closed while a plugin is away that is to come back: the events that it decides, and, if it filters them, connections and
 * players. Made before the plugin goes, so that nobody slips in between.
 */
final class KeptPlace {

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final AccessGuard.Absence absence;
    private final List<FilterRegistration> standIns = new ArrayList<>();

    private KeptPlace(AccessGuard.Absence absence) {
        this.absence = absence;
    }

    /**
     * Closes what the plugin keeps.
     *
     * @param absence of the plugin, for its events
     * @param filters where it registers its filters
     * @param kept what its filters keep out
     */
    static KeptPlace of(String id, AccessGuard.Absence absence, Filters filters, OwnedFilters.Kept kept) {
        var place = new KeptPlace(absence);
        String name = id.substring(0, Math.min(id.length(), FilterSpec.MAX_ID - ":away".length())) + ":away";
        if (kept.connections()) {
            var told = new AtomicBoolean();
            place.standIns.add(filters.transport(FilterSpec.of(name), connection -> {
                if (told.compareAndSet(false, true)) {
                    LOG.warn("Connections are rejected until plugin '{}', which filters them, runs again", id);
                }
                return TransportVerdict.reject();
            }));
        }
        if (kept.players()) {
            place.standIns.add(filters.codec(FilterSpec.of(name), new Missing(id)));
        }
        return place;
    }

    /** Whether anybody is kept out. */
    boolean closesAnything() {
        return absence.closesAnything() || !standIns.isEmpty();
    }

    /** The plugin is back, or the operator does without it. */
    void end() {
        standIns.forEach(FilterRegistration::unregister);
        standIns.clear();
        absence.end();
    }

    /** A required filter that is not there: players whose packets it would see are refused. */
    private record Missing(String id) implements CodecFilterFactory {

        @Override
        public Optional<CodecFilter> create(CodecSession session) {
            throw new IllegalStateException("plugin '" + id + "' is being reloaded");
        }

        @Override
        public boolean required() {
            return true;
        }
    }
}
