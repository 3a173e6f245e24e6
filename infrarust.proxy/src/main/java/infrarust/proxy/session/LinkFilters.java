package infrarust.proxy.session;

import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.RawPacket;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.filter.FilterChain;
import infrarust.proxy.filter.FilterChain.Outcome;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * What plugins do to the packets that a {@link Link} has read, before its receiver hears of them. The walk looks for what the receiver and the
 * plugins want; a frame that only plugins wanted and left as it is passes as it came. Runs per wanted frame; only the loop's thread.
 */
@SuppressWarnings("ReferenceEquality") // a frame is told from another by identity
final class LinkFilters implements FilterChain.Host {

    private final Link link;
    private Interest receiverWants = Interest.ALL;
    private @Nullable FilterChain chain;
    private Consumer<Component> failed = reason -> {};
    /** The frame that is being dealt with, and its packet. */
    private @Nullable ByteBuf frame;

    private @Nullable ByteBuf packet;
    /** The frame whose packet a listener thinks about. */
    private @Nullable ByteBuf waiting;

    LinkFilters(Link link) {
        this.link = link;
    }

    /**
     * From here on, packets of the client meet the filters.
     *
     * @return whether the session may begin; if not, it ends
     */
    boolean ofClient(Session session) {
        return begin(session, PacketDirection.SERVERBOUND, Optional.empty(), receives(session), session.isVerified());
    }

    /** What the client sends, at the end of its login. */
    private static ConnectionState receives(Session session) {
        return session.hasConfiguration() ? ConnectionState.LOGIN : ConnectionState.PLAY;
    }

    /** From here on, packets of that server meet the filters. */
    void ofServer(Session session, ServerConfig server) {
        begin(session, PacketDirection.CLIENTBOUND, Optional.of(server.id()), session.clientbound(), false);
    }

    private boolean begin(
            Session session,
            PacketDirection direction,
            Optional<String> server,
            ConnectionState state,
            boolean encrypted) {
        var client = session.client();
        failed = session::kick;
        FilterChain opened = session.sessions()
                .filters()
                .open(
                        new FilterChain.Site(
                                direction,
                                session.ids(),
                                session.player(),
                                server,
                                link.threshold(),
                                encrypted,
                                client.eventLoop(),
                                client.deadlines()),
                        state,
                        this);
        if (opened.refusal().isPresent()) {
            opened.close();
            session.kick(opened.refusal().get());
            return false;
        }
        chain = opened;
        interestChanged();
        return true;
    }

    /** What the link reads from the next frame on is of that state. */
    void state(ConnectionState next) {
        if (chain != null) {
            chain.state(next);
        }
    }

    void receiverWants(Interest wanted) {
        receiverWants = wanted;
        interestChanged();
    }

    @Override
    public void interestChanged() {
        link.walk().interest(chain == null ? receiverWants : receiverWants.or(chain.interest()));
    }

    @Override
    public void failed(Component reason) {
        failed.accept(reason);
    }

    /**
     * A frame that somebody wants.
     *
     * @return whether it passes as it came
     */
    boolean frame(int id, ByteBuf came) {
        FilterChain filters = chain;
        if (filters == null || filters.interest().isNone()) {
            return link.receiver().frame(link, id, came);
        }
        int known = id >= 0 ? id : link.peekId(came);
        if (known < 0 || !filters.wants(known)) {
            return isReceived(known, came);
        }
        ByteBuf opened = link.unpack(came);
        frame = came;
        packet = opened;
        try {
            return isDone(filters, filters.filter(known, opened), known, came);
        } finally {
            frame = null;
            packet = null;
            opened.release();
        }
    }

    private boolean isReceived(int id, ByteBuf came) {
        return !receiverWants.wants(id, came.readableBytes()) || link.receiver().frame(link, id, came);
    }

    /** Does with a packet what the filters say, and answers whether its frame passes as it came. */
    private boolean isDone(FilterChain filters, Outcome outcome, int id, ByteBuf came) {
        switch (outcome) {
            case PASSES -> {
                if (!filters.injects()) {
                    return isReceived(id, came);
                }
                filters.before(this::inject);
                if (isReceived(id, came)) {
                    passOn(came);
                }
            }
            case CHANGED -> {
                filters.before(this::inject);
                change(filters.id(), filters.packet(link.channel().alloc()));
            }
            case DROPPED -> filters.before(this::inject);
            case WAITS -> {
                waiting = came.copy();
                link.hold();
                return false;
            }
        }
        filters.after(this::inject);
        return false;
    }

    private void inject(RawPacket injected) {
        Link to = link.peer();
        if (to != null) {
            ByteBuf out = link.channel().alloc().directBuffer(Wire.varIntSize(injected.id()) + injected.body().length);
            Wire.writeVarInt(out, injected.id());
            to.send(out.writeBytes(injected.body()));
        }
    }

    /** Lets another packet go the way of the one that came. */
    private void change(int id, ByteBuf other) {
        ByteBuf whole = link.repack(other);
        try {
            ByteBuf next = whole.duplicate();
            Frames.readLength(next, Frames.MAX_LENGTH);
            Link to = link.peer();
            if (isReceived(id, next) && to != null) {
                to.writeFrame(whole.retain());
            }
        } finally {
            whole.release();
        }
    }

    /** What came, with its length before it, as something has to follow it at once. */
    private void passOn(ByteBuf came) {
        Link to = link.peer();
        if (to != null) {
            ByteBuf length = link.channel().alloc().directBuffer(Frames.MAX_LENGTH_BYTES);
            Wire.writeVarInt(length, came.readableBytes());
            to.writeFrame(length);
            to.writeFrame(came.retainedSlice());
        }
    }

    /** The listener that thought about a packet has decided. */
    @Override
    public void answered() {
        ByteBuf came = waiting;
        FilterChain filters = chain;
        if (came == null || filters == null) {
            return;
        }
        waiting = null;
        try {
            int id = link.peekId(came);
            if (isDone(filters, filters.goOn(), id, came)) {
                passOn(came);
            }
        } catch (MalformedPacketException why) {
            link.receiver().malformed(link, why);
        } catch (FloodException why) {
            link.flooded();
        } finally {
            came.release();
        }
        if (waiting == null) {
            link.letGo();
        }
    }

    /** The packet of a frame that has been opened already, the caller's to release; null for any other frame. */
    @Nullable
    ByteBuf opened(ByteBuf of, int most) {
        ByteBuf known = packet;
        if (known == null || of != frame) {
            return null;
        }
        if (known.readableBytes() > most) {
            throw new MalformedPacketException(
                    "Packet of " + known.readableBytes() + " bytes where " + most + " are allowed");
        }
        return known.retainedSlice();
    }

    /** The link reads nothing more. */
    void close() {
        FilterChain filters = chain;
        if (filters != null) {
            chain = null;
            filters.close();
        }
        ByteBuf kept = waiting;
        if (kept != null) {
            waiting = null;
            kept.release();
        }
    }
}
