package infrarust.proxy.filter;

import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.proxy.protocol.Interest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The stages of one chain, in their order: made at its beginning, renewed when something else is registered. Belongs to the chain's loop. */
final class StageList {

    private static final Stage[] NONE = {};

    private final CodecFilters registry;
    private final FilterChain.Site site;
    private final BiConsumer<Stage.OfFilter, Throwable> fault;
    private Stage[] stages = NONE;
    private PacketState state;
    private Interest interest = Interest.NONE;

    /** @param fault hears of filters that are broken; takes them out */
    StageList(
            CodecFilters registry,
            FilterChain.Site site,
            PacketState state,
            BiConsumer<Stage.OfFilter, Throwable> fault) {
        this.registry = registry;
        this.site = site;
        this.state = state;
        this.fault = fault;
    }

    /** Those of the moment; the array stays as it is. */
    Stage[] stages() {
        return stages;
    }

    PacketState state() {
        return state;
    }

    /** What all of them want in the present state. */
    Interest interest() {
        return interest;
    }

    /**
     * Makes the filters.
     *
     * @return a required one that could not be made
     */
    Optional<Registered<CodecFilters.Codec>> make(SideView view) {
        List<Stage> made = new ArrayList<>();
        Registered<CodecFilters.Codec> missing = null;
        for (Registered<CodecFilters.Codec> registered : registry.filters()) {
            boolean required = registered.filter().required();
            try {
                Optional<CodecFilter> filter = registered.filter().factory().create(view);
                if (filter.isPresent()) {
                    var stage = new Stage.OfFilter(registered, filter.get());
                    ask(stage);
                    made.add(stage);
                }
            } catch (Throwable failure) { // foreign code: the session goes on, or ends in order
                registered
                        .faults()
                        .add(
                                "cannot be made",
                                required ? "the player is refused" : "the session goes without it",
                                failure);
                missing = required ? registered : missing;
            }
        }
        stages = made.toArray(NONE);
        renew();
        return Optional.ofNullable(missing);
    }

    /** Keeps the filters that are still registered, and takes the listeners that are. */
    void renew() {
        List<Registered<CodecFilters.Codec>> filters = registry.filters();
        List<RegisteredListener> listeners = registry.listeners(site.direction());
        List<Stage> next = new ArrayList<>(stages.length + listeners.size());
        for (Stage stage : stages) {
            if (stage instanceof Stage.OfFilter filter) {
                if (filters.contains(filter.origin())) {
                    next.add(filter);
                } else {
                    close(filter);
                }
            }
        }
        for (RegisteredListener listener : listeners) {
            next.add(present(listener));
        }
        for (Stage stage : stages) {
            if (!next.contains(stage)) {
                stage.end();
            }
        }
        stages = next.toArray(NONE);
        gather();
    }

    private Stage present(RegisteredListener listener) {
        for (Stage stage : stages) {
            if (stage.origin() == listener) {
                return stage;
            }
        }
        Stage stage = Stage.of(listener, site.player());
        ask(stage); // its names have been checked
        return stage;
    }

    /** Takes one out. */
    void remove(Stage stage) {
        stage.end();
        List<Stage> left = new ArrayList<>(List.of(stages));
        left.remove(stage);
        stages = left.toArray(NONE);
        gather();
    }

    /** Takes all out, and tells the filters that that was all. */
    void clear() {
        Stage[] all = stages;
        stages = NONE;
        gather();
        for (Stage stage : all) {
            if (stage instanceof Stage.OfFilter filter) {
                close(filter);
            }
            stage.end();
        }
    }

    private static void close(Stage.OfFilter filter) {
        filter.end();
        try {
            filter.filter().closed();
        } catch (Throwable failure) { // foreign code
            filter.faults().add("failed when it was closed", "it is gone all the same", failure);
        }
    }

    /** The packets are of that state from here on. */
    void enter(PacketState next) {
        state = next;
        each(filter -> filter.filter().stateChanged(next));
        gather();
    }

    /** Asks the filters anew what they want. */
    void askAll() {
        each(this::ask);
        gather();
    }

    private interface Call {
        void on(Stage.OfFilter filter);
    }

    private void each(Call call) {
        for (Stage stage : stages) {
            if (stage instanceof Stage.OfFilter filter) {
                Throwable failed = failure(call, filter);
                if (failed != null) {
                    fault.accept(filter, failed);
                }
            }
        }
    }

    private static @Nullable Throwable failure(Call call, Stage.OfFilter filter) {
        try {
            call.on(filter);
            return null;
        } catch (Throwable failure) { // foreign code
            return failure;
        }
    }

    private void ask(Stage stage) {
        PacketInterest asked = stage.asks();
        for (PacketState each : List.of(PacketState.CONFIGURATION, PacketState.PLAY)) {
            stage.wants(each, Interests.in(asked, site.ids(), site.direction(), each));
        }
    }

    private void gather() {
        Interest all = Interest.NONE;
        for (Stage stage : stages) {
            stage.enter(state);
            all = all.or(stage.wanted());
        }
        interest = all;
    }
}
