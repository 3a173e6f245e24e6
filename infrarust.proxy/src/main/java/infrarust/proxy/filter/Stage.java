package infrarust.proxy.filter;

import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.Frame;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketListener;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.Verdict;
import infrarust.api.player.Player;
import infrarust.proxy.filter.RegisteredListener.Kind;
import infrarust.proxy.protocol.Interest;
import java.util.Arrays;

/** One filter or listener in one chain. Belongs to the chain's loop. */
abstract sealed class Stage {

    private final Interest[] byState = new Interest[PacketState.values().length];
    private final FaultLog faults;
    private Interest wanted = Interest.NONE;
    private boolean over;

    private Stage(FaultLog faults) {
        this.faults = faults;
        Arrays.fill(byState, Interest.NONE);
    }

    /** What it asks for now. Foreign code. */
    abstract PacketInterest asks();

    /** Which registration it is of. */
    abstract Object origin();

    final FaultLog faults() {
        return faults;
    }

    /** What it wants in that state, from now on. */
    @SuppressWarnings("EnumOrdinal") // an array by state
    final void wants(PacketState state, Interest interest) {
        byState[state.ordinal()] = interest;
    }

    @SuppressWarnings("EnumOrdinal") // an array by state
    final void enter(PacketState state) {
        wanted = byState[state.ordinal()];
    }

    /** What it wants in the present state. */
    final Interest wanted() {
        return wanted;
    }

    /** It sees no packets any more, not even one that is on its way through the chain. */
    final void end() {
        over = true;
    }

    final boolean isOver() {
        return over;
    }

    /** Decides when it is called. */
    abstract static sealed class AtOnce extends Stage {

        private AtOnce(FaultLog faults) {
            super(faults);
        }

        /** Foreign code. */
        abstract Verdict look(Frame frame);
    }

    /** A codec filter. */
    static final class OfFilter extends AtOnce {

        private final Registered<CodecFilters.Codec> origin;
        private final CodecFilter filter;

        OfFilter(Registered<CodecFilters.Codec> origin, CodecFilter filter) {
            super(origin.faults());
            this.origin = origin;
            this.filter = filter;
        }

        CodecFilter filter() {
            return filter;
        }

        boolean required() {
            return origin.filter().required();
        }

        @Override
        PacketInterest asks() {
            return filter.interest();
        }

        @Override
        Object origin() {
            return origin;
        }

        @Override
        Verdict look(Frame frame) {
            return filter.filter(frame);
        }
    }

    /** A packet listener that decides at once. */
    static final class OfListener extends AtOnce {

        private final RegisteredListener origin;
        private final PacketListener listener;
        private final Player player;

        OfListener(RegisteredListener origin, PacketListener listener, Player player) {
            super(origin.faults());
            this.origin = origin;
            this.listener = listener;
            this.player = player;
        }

        @Override
        PacketInterest asks() {
            return origin.which();
        }

        @Override
        Object origin() {
            return origin;
        }

        @Override
        Verdict look(Frame frame) {
            return listener.packet(player, frame);
        }
    }

    /** A packet listener that decides later. */
    static final class Later extends Stage {

        private final RegisteredListener origin;
        private final Kind.Later kind;

        Later(RegisteredListener origin, Kind.Later kind) {
            super(origin.faults());
            this.origin = origin;
            this.kind = kind;
        }

        Kind.Later kind() {
            return kind;
        }

        @Override
        PacketInterest asks() {
            return origin.which();
        }

        @Override
        Object origin() {
            return origin;
        }
    }

    /** A listener's stage, for that player. */
    static Stage of(RegisteredListener listener, Player player) {
        return switch (listener.kind()) {
            case Kind.AtOnce(PacketListener atOnce) -> new OfListener(listener, atOnce, player);
            case Kind.Later later -> new Later(listener, later);
        };
    }
}
