package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection whose peer may be a load balancer that says whose connection it is (The PROXY protocol,
 * versions 1 and 2). Waits on the connection's own loop, so that a peer that is slow to write holds up nobody. Reads nothing
 * but the header, and that only of peers that are trusted; then another handler takes its place and gets the rest.
 *
 * <p>Netty's codec reads the header; this class finds out whether there is one. The first two bytes tell: a handshake that
 * has as its length the first byte of a header has 0 as its second, the packet id.
 */
public final class ProxyHeaderReader extends ChannelInboundHandlerAdapter {

    /**
     * How long the header may take. The PROXY protocol's specification (section 2) wants at least 3 s, so that a segment may be
     * lost and sent again.
     */
    public static final Duration TIME = Duration.ofSeconds(5);

    /** What a header of version 2 may bring beside addresses, such as names of certificates; it is skipped. */
    private static final int MAX_EXTRAS = 4 << 10;

    private static final int TEXT = 'P' << Byte.SIZE | 'R';
    private static final int BINARY = '\r' << Byte.SIZE | '\n';

    private final Rules rules;
    private final Outcome outcome;
    private final Channel channel;
    private final LoopScope scope;
    private final Endpoints socket;
    private Deadlines.@Nullable Deadline deadline;
    private @Nullable ByteBuf first;
    private boolean settled;

    /**
     * Which connections have a header.
     *
     * @param required whether each must begin with one; otherwise it may
     * @param trusted whose header is believed. Where headers are required, others cannot connect; where not, others connect
     *     without one
     */
    public record Rules(boolean required, Predicate<InetAddress> trusted) {}

    /** What becomes of the connection; called on its loop, one of the two, at most once. */
    public interface Outcome {

        /**
         * It goes on.
         *
         * @param ends as the header has them, or those of the socket
         * @return what reads from here on
         */
        ChannelHandler accepted(Endpoints ends);

        /** It has been closed. */
        void refused(Fault fault);
    }

    /** Why it has been closed. */
    public enum Fault {
        /** It began with something else, where a header is required. */
        MISSING,
        /** It began with a header, or could not do without one, and comes from an address that is not trusted. */
        UNTRUSTED,
        /** It began with a header that is none of the protocol, or not of TCP over IP, or too long. */
        MALFORMED,
        /** The header was not there in time. */
        TOO_SLOW
    }

    /**
     * @param socket the ends of the channel's own socket
     * @param scope what the connections of the channel's loop share
     */
    public ProxyHeaderReader(Channel channel, Endpoints socket, LoopScope scope, Rules rules, Outcome outcome) {
        this.channel = channel;
        this.socket = socket;
        this.scope = scope;
        this.rules = rules;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (rules.required() && !isTrusted()) {
            refuse(Fault.UNTRUSTED);
            return;
        }
        deadline = scope.deadlines().arm(TIME, () -> refuse(Fault.TOO_SLOW));
        channel.config().setAutoRead(true);
    }

    private boolean isTrusted() {
        return rules.trusted().test(socket.client().getAddress());
    }

    /** Bytes, until the codec stands before this handler; then what it has read. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (settled) {
                return;
            }
            if (message instanceof HAProxyMessage header) {
                ends(header).ifPresentOrElse(ends -> accept(ctx, ends), () -> refuse(Fault.MALFORMED));
            } else if (message instanceof ByteBuf bytes && bytes.isReadable()) {
                begin(ctx, bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, ByteBuf bytes) {
        ByteBuf all = withFirst(ctx, bytes);
        int at = all.readerIndex();
        if (all.readableBytes() == 1) {
            int only = all.getByte(at) << Byte.SIZE;
            if (only == (TEXT & 0xFF00) || only == (BINARY & 0xFF00)) {
                first = ReceiveBuffer.forKeeping(all, ctx.alloc());
                return;
            }
        } else if (all.getUnsignedShort(at) == TEXT || all.getUnsignedShort(at) == BINARY) {
            readHeader(ctx, all);
            return;
        }
        if (rules.required()) {
            all.release();
            refuse(Fault.MISSING);
        } else {
            accept(ctx, socket);
            channel.pipeline().fireChannelRead(all);
        }
    }

    /** What has come so far; owned by the caller. */
    private ByteBuf withFirst(ChannelHandlerContext ctx, ByteBuf bytes) {
        ByteBuf before = first;
        if (before == null) {
            return bytes.retain();
        }
        first = null;
        ByteBuf all = ctx.alloc().buffer(before.readableBytes() + bytes.readableBytes());
        all.writeBytes(before).writeBytes(bytes);
        before.release();
        return all;
    }

    private void readHeader(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!isTrusted()) {
            bytes.release();
            refuse(Fault.UNTRUSTED);
            return;
        }
        ctx.pipeline().addBefore(ctx.name(), null, new HAProxyMessageDecoder(MAX_EXTRAS));
        ctx.pipeline().fireChannelRead(bytes);
    }

    /** Whose connection it is: the peer's own when the header does not say; empty when it is not one of TCP over IP. */
    private Optional<Endpoints> ends(HAProxyMessage header) {
        return switch (header.proxiedProtocol()) {
            case UNKNOWN -> Optional.of(socket);
            case TCP4, TCP6 ->
                Optional.of(new Endpoints(
                        end(header.sourceAddress(), header.sourcePort()),
                        end(header.destinationAddress(), header.destinationPort())));
            case UDP4, UDP6, UNIX_STREAM, UNIX_DGRAM -> Optional.empty();
        };
    }

    /** In numbers: the codec lets nothing else pass. */
    private static InetSocketAddress end(String address, int port) {
        return NameLookup.immediate(InetSocketAddress.createUnresolved(address, port))
                .getFirst();
    }

    private void accept(ChannelHandlerContext ctx, Endpoints ends) {
        settle();
        ctx.pipeline().replace(this, null, outcome.accepted(ends));
    }

    private void refuse(Fault fault) {
        if (!settled) {
            settle();
            var _ = channel.close();
            outcome.refused(fault);
        }
    }

    private void settle() {
        settled = true;
        Deadlines.Deadline armed = deadline;
        if (armed != null) {
            armed.disarm();
        }
        ByteBuf held = first;
        if (held != null) {
            first = null;
            held.release();
        }
    }

    /** Health checks that only look whether the port is open end here; they are not refused. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            var _ = ctx.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        settle();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            refuse(Fault.MALFORMED);
        } else {
            var _ = ctx.close(); // the connection broke, which is nothing to write a line about
        }
    }
}
