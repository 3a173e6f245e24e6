package infrarust.proxy.gate;

import infrarust.proxy.net.Farewell;
import infrarust.proxy.net.ReceiveBuffer;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's first bytes: the handshake, or what clients older than 1.7 send instead. Keeps at most one handshake and
 * one (small) read; whatever else arrives goes to the room that takes over.
 */
final class OpeningHandler extends ChannelInboundHandlerAdapter implements ClientConnection.Opening {

    /** A handshake is the id, the version, 255 characters of up to 3 bytes, the port and the intent. */
    private static final int MAX_HANDSHAKE = 1 + 5 + 2 + Wire.MAX_HOST * 3 + 2 + 5;

    private static final int LEGACY_PING = 0xFE;
    private static final int LEGACY_LOGIN = 0x02;
    private static final int LEGACY_KICK = 0xFF;
    private static final String TOO_OLD = "This server needs Minecraft 1.7.2 or newer.";

    private final Gate gate;
    private final ClientConnection client;
    private @Nullable ChannelHandlerContext context;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private int handshakeEnd;
    private boolean holds;
    private boolean hasHeld;

    OpeningHandler(Gate gate, ClientConnection client) {
        this.gate = gate;
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        client.opening(this);
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (!received.isReadable()) {
            received.release();
            received = bytes;
        } else {
            // Reads are small until a room takes over, so this copies a few bytes, as often as the client splits its
            // handshake.
            try {
                ByteBuf both = ctx.alloc().buffer(received.readableBytes() + bytes.readableBytes());
                both.writeBytes(received).writeBytes(bytes);
                received.release();
                received = both;
            } finally {
                bytes.release();
            }
        }
        try {
            if (holds || !open(ctx) || holds) {
                received = ReceiveBuffer.forKeeping(received, ctx.alloc());
            }
        } catch (MalformedPacketException e) {
            client.malformed();
        }
    }

    /** @return whether what has come was enough */
    private boolean open(ChannelHandlerContext ctx) {
        if (!received.isReadable()) {
            return false;
        }
        int first = received.getUnsignedByte(received.readerIndex());
        if (first == LEGACY_PING && isLegacyPing()) {
            gate.legacyPing(client);
            return true;
        }
        if (first == LEGACY_LOGIN) {
            refuseLegacyLogin(ctx);
            return true;
        }
        ByteBuf view = received.duplicate();
        int length = Frames.readLength(view, MAX_HANDSHAKE);
        if (length == Frames.INCOMPLETE || view.readableBytes() < length) {
            return false;
        }
        ByteBuf frame = view.readSlice(length);
        if (Wire.readVarInt(frame) != 0) {
            throw new MalformedPacketException("The first packet is not a handshake");
        }
        Handshake handshake = Handshake.LAYOUT.at(0).read(frame);
        handshakeEnd = view.readerIndex();
        client.handshake(handshake);
        gate.enter(client);
        return true;
    }

    /**
     * The byte is also the first half of a frame length, 254 or one that is 128 times something more. A legacy ping is that
     * byte alone, or with a 1 behind it, or with 1 and 0xFA; a handshake of 254 bytes has its packet id, 0, in that place.
     */
    private boolean isLegacyPing() {
        int at = received.readerIndex();
        int length = received.readableBytes();
        return length == 1
                || (received.getByte(at + 1) == 1 && (length == 2 || received.getUnsignedByte(at + 2) == 0xFA));
    }

    /** A frame of two bytes would be no handshake, so the byte can only be the login packet of 1.3 to 1.6, or one before. */
    private void refuseLegacyLogin(ChannelHandlerContext ctx) {
        client.refused(Refusal.LEGACY_LOGIN);
        client.noDeadline();
        ByteBuf kick = ctx.alloc().buffer();
        kick.writeByte(LEGACY_KICK).writeShort(TOO_OLD.length());
        kick.writeCharSequence(TOO_OLD, StandardCharsets.UTF_16BE);
        Farewell.say(ctx.channel(), kick, client.deadlines());
    }

    @Override
    public void hold() {
        holds = true;
        hasHeld = true;
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void goOn() {
        holds = false;
        if (context != null) {
            ReceiveBuffer.readAgain(context.channel());
        }
    }

    @Override
    public void handOver(ChannelInboundHandler next, boolean withHandshake) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("The gate's handler is not in the pipeline");
        }
        ByteBuf rest = received;
        received = Unpooled.EMPTY_BUFFER;
        if (!withHandshake) {
            rest.readerIndex(handshakeEnd);
        }
        ctx.pipeline().addAfter(ctx.name(), null, next);
        if (rest.isReadable()) {
            ctx.fireChannelRead(rest);
        } else {
            rest.release();
        }
        if (hasHeld) { // the end of the read that brought it has been told long ago
            ctx.fireChannelReadComplete();
        }
        ctx.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    @Override
    public void forget() {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            client.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.noDeadline();
        ctx.fireChannelInactive();
    }

    /** The connection broke; that is how scans end, and nothing to write a line about. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        client.close();
    }
}
