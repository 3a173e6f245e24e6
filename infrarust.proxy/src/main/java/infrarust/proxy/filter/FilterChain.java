package infrarust.proxy.filter;

import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.UnreadableBytesException;
import infrarust.api.filter.Verdict;
import infrarust.api.player.Player;
import infrarust.proxy.net.Deadlines;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * The filters and listeners of one direction of one session, in their order. Knows no frames and no channels: whoever owns it asks it about
 * packets that it {@linkplain #wants}, one at a time, and does with them what it says. Belongs to the loop of the connection. For a packet
 * that passes, nothing is allocated.
 */
public final class FilterChain {

    private static final Component UNAVAILABLE =
            Component.text("Connection refused: a required packet filter is not available.");
    private static final Component FAILED = Component.text("Disconnected: a required packet filter failed.");

    /** What becomes of a packet. */
    public enum Outcome {
        /** It goes on as it came. */
        PASSES,
        /** Another one goes on: {@link #packet}. */
        CHANGED,
        /** It ends here. */
        DROPPED,
        /** A listener thinks about it: {@link Host#answered} tells when it goes on, and until then nothing else may be asked. */
        WAITS
    }

    /** Whose chain it is; called on the loop. */
    public interface Host {

        /** {@link #interest} has changed. */
        void interestChanged();

        /** The packet that waits {@linkplain #goOn goes on}. */
        void answered();

        /** The session must end, for that reason. */
        void failed(Component reason);
    }

    /**
     * The end of everything that waits.
     *
     * @param deadlines of the loop
     * @param longest how long an asynchronous listener may take
     */
    record Time(Deadlines deadlines, Duration longest) {}

    /**
     * Where the packets come from.
     *
     * @param ids of the session's version
     * @param server from which they come, if they do
     * @param threshold from which length on they are deflated; negative for none
     * @param encrypted whether they are
     * @param loop of the connection
     * @param deadlines of that loop
     */
    public record Site(
            PacketDirection direction,
            PacketIds ids,
            Player player,
            Optional<String> server,
            int threshold,
            boolean encrypted,
            Executor loop,
            Deadlines deadlines) {}

    private final CodecFilters registry;
    private final Site site;
    private final Host host;
    private final FrameCursor cursor;
    private final StageList stages;
    private Optional<Component> refusal = Optional.empty();
    private @Nullable Question question;
    private boolean changed;
    private boolean closed;

    FilterChain(CodecFilters registry, Site site, ConnectionState state, Host host) {
        this.registry = registry;
        this.site = site;
        this.host = host;
        this.cursor = new FrameCursor(this::isFollowed);
        this.stages = new StageList(registry, site, Interests.state(state), this::fault);
    }

    /** Makes the filters. */
    void begin() {
        refusal = stages.make(new SideView(site, this)).map(missing -> UNAVAILABLE);
    }

    /** Why the session cannot begin, if it cannot. */
    public Optional<Component> refusal() {
        return refusal;
    }

    /** The packets that somebody wants to see in the present state. */
    public Interest interest() {
        return stages.interest();
    }

    /** Whether somebody wants to see packets of that id. */
    public boolean wants(int id) {
        return stages.interest().wants(id, 0);
    }

    /** The state of the packets. */
    PacketState state() {
        return stages.state();
    }

    /** The packets from the next one on are of that state. */
    public void state(ConnectionState next) {
        PacketState entered = Interests.state(next);
        if (!closed && entered != stages.state()) {
            stages.enter(entered);
            host.interestChanged();
        }
    }

    /** A filter asks for other packets. Any thread. */
    void interestChanged() {
        soon(stages::askAll);
    }

    /** What is registered has changed. Any thread. */
    void renewSoon() {
        soon(() -> {
            stages.renew();
            Question asked = question;
            if (asked != null && asked.stage().isOver()) {
                asked.giveUp();
            }
        });
    }

    private void soon(Runnable action) {
        try {
            site.loop().execute(() -> {
                if (!closed) {
                    action.run();
                    host.interestChanged();
                }
            });
        } catch (RejectedExecutionException stopping) {
            // The loop has ended, and the connection with it.
        }
    }

    /**
     * What becomes of a packet that somebody {@linkplain #wants}.
     *
     * @param packet id and body; must stay as it is during the call
     * @throws MalformedPacketException when it comes from a client and is not what a filter had to take it for
     */
    public Outcome filter(int id, ByteBuf packet) {
        changed = false;
        cursor.begin(id, packet);
        return finish(run(stages.stages(), 0));
    }

    /**
     * What becomes of the packet that has {@linkplain Outcome#WAITS waited}.
     *
     * @throws MalformedPacketException as {@link #filter}
     */
    public Outcome goOn() {
        Question answered = question;
        if (answered == null) {
            throw new IllegalStateException("No packet waits");
        }
        question = null;
        return finish(
                goesOn(answered.stage(), answered.verdict())
                        ? run(answered.stages(), answered.place() + 1)
                        : Outcome.DROPPED);
    }

    /** The view ends with the call, unless its bytes are needed for what comes next. */
    private Outcome finish(Outcome outcome) {
        if (outcome == Outcome.PASSES || outcome == Outcome.DROPPED) {
            cursor.forget();
        }
        return outcome;
    }

    private Outcome run(Stage[] all, int first) {
        for (int place = first; place < all.length; place++) {
            Stage stage = all[place];
            if (stage.isOver() || !stage.wanted().wants(cursor.id(), 0)) {
                continue;
            }
            if (stage instanceof Stage.Later later) {
                ask(all, place, later);
                return Outcome.WAITS;
            }
            if (stage instanceof Stage.AtOnce atOnce && !looksOn(atOnce)) {
                return Outcome.DROPPED;
            }
        }
        return changed ? Outcome.CHANGED : Outcome.PASSES;
    }

    private void ask(Stage[] all, int place, Stage.Later later) {
        var asked = new Question(all, place, later, answered -> host.answered());
        question = asked;
        RawPacket copy = cursor.copy();
        cursor.keep(copy);
        asked.ask(site.player(), copy, site.loop(), new Time(site.deadlines(), registry.listenerTime()));
    }

    /** Whether the packet goes on behind that stage. */
    private boolean looksOn(Stage.AtOnce stage) {
        Verdict verdict;
        cursor.open();
        try {
            verdict = stage.look(cursor);
        } catch (UnreadableBytesException unreadable) {
            cursor.undo();
            return readsOn(stage, unreadable);
        } catch (Throwable failure) { // foreign code: whatever it throws must not reach the connection
            cursor.undo();
            return fault(stage, failure);
        } finally {
            cursor.close();
        }
        return verdict == null ? fault(stage, new NullPointerException("the verdict is null")) : goesOn(stage, verdict);
    }

    private boolean goesOn(Stage stage, Verdict verdict) {
        if (verdict instanceof Verdict.Replace(RawPacket packet)) {
            try {
                cursor.replace(packet);
                changed = true;
            } catch (IllegalArgumentException tooLong) {
                return fault(stage, tooLong);
            }
        }
        return !(verdict instanceof Verdict.Drop);
    }

    /** A packet that a filter could not read: a client may not send such, while servers may have their reasons. */
    private boolean readsOn(Stage stage, UnreadableBytesException unreadable) {
        if (site.direction() == PacketDirection.SERVERBOUND) {
            cursor.injected();
            cursor.forget();
            throw new MalformedPacketException(String.valueOf(unreadable.getMessage()));
        }
        stage.faults()
                .add(
                        "cannot read packet 0x%02X of protocol %d (%s)"
                                .formatted(cursor.id(), site.ids().protocol(), unreadable.getMessage()),
                        "the packet passes",
                        null);
        return true;
    }

    /** Something in a stage is broken. Says whether the packet goes on all the same. */
    private boolean fault(Stage stage, Throwable failure) {
        if (!(stage instanceof Stage.OfFilter filter)) {
            stage.faults().add("failed", "the packet passes", failure);
            return true;
        }
        stages.remove(filter);
        host.interestChanged();
        filter.faults()
                .add(
                        "failed",
                        filter.required()
                                ? "the player is sent away"
                                : "the packets of that side of that player's connection pass without it",
                        failure);
        if (filter.required()) {
            host.failed(FAILED);
        }
        return !filter.required();
    }

    /** The packet that goes on after {@link Outcome#CHANGED}, id and body; the caller's to release. */
    public ByteBuf packet(ByteBufAllocator allocator) {
        ByteBuf packet = cursor.packet(allocator);
        cursor.forget();
        return packet;
    }

    /** The id of the packet that has been looked at last, as the filters have left it. */
    public int id() {
        return cursor.id();
    }

    /** Whether something is to be sent beside the packet that has been looked at last. */
    public boolean injects() {
        return cursor.injects();
    }

    /** What is to be sent before it. */
    public void before(Consumer<RawPacket> each) {
        cursor.before(each);
    }

    /** What is to be sent behind it; that was all of it. */
    public void after(Consumer<RawPacket> each) {
        cursor.after(each);
        cursor.injected();
    }

    /** Whether the proxy has to see every packet of that id, because it follows what the packet says. */
    private boolean isFollowed(int id) {
        return switch (site.ids().type(Interests.state(stages.state()), Interests.direction(site.direction()), id)) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED,
                    SERVERBOUND_PLAY_ACK_CONFIGURATION,
                    SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION,
                    CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION,
                    CLIENTBOUND_CONFIGURATION_DISCONNECT,
                    CLIENTBOUND_PLAY_START_CONFIGURATION,
                    CLIENTBOUND_PLAY_JOIN_GAME,
                    CLIENTBOUND_PLAY_BUNDLE_DELIMITER,
                    CLIENTBOUND_PLAY_DISCONNECT -> true;
            default -> false;
        };
    }

    /** Nothing passes any more, or everything untouched. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        registry.forget(this);
        if (question != null) {
            question.forget();
            question = null;
        }
        stages.clear();
        cursor.injected();
        cursor.forget();
        host.interestChanged();
    }
}
