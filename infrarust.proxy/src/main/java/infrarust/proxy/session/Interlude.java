package infrarust.proxy.session;

import infrarust.api.event.DisconnectEvent;
import infrarust.proxy.net.Deadlines.Deadline;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.Interest;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;

/**
 * A client between two places, from a server or the limbo to another: from the end of the old one's frames until
 * nothing that the client sends can be meant for the old one any more. All of that is dropped, but what the client says about itself.
 *
 * <p>A client in the game is sent into the configuration state, and its acknowledgement parts old from new. One that is in the
 * configuration already, because its server was lost there, has nothing to acknowledge: it is asked with a ping, which it answers
 * behind everything that the old server has asked. Only resource packs are answered whenever their download ends; such an answer
 * may still reach the new server, and those that take it for one to a question of theirs end the connection. Only the loop's
 * thread.
 */
final class Interlude implements Receiver {

    /** How long a client may take to acknowledge that it leaves the game, or the end of its login, or to end a frame. */
    static final Duration ACKNOWLEDGE = Duration.ofSeconds(30);

    /** How long the ping's answer is waited for; bots that do not know that packet go on without it. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** What the ping and its answer say; servers count theirs from 0, from 1 or downwards. */
    static final int PING = 0x5EA1_ED01;

    private static final Component SILENT_CLIENT = Component.text("Your client took too long to change servers.");

    private final Session session;
    private final PacketIds ids;
    private final Link client;
    private final Runnable whenOver;
    /** The state of what the client sends. */
    private ConnectionState serverbound;
    /** Whether the client still has to acknowledge that it goes from the game into the configuration. */
    private boolean leavesGame;
    /** Whether the client still has to answer the ping. */
    private boolean isAsked;

    private boolean over;
    private @Nullable Deadline deadline;
    private @Nullable Duration waits;

    /** @param whenOver runs when the client understands the new server, between two of its frames */
    Interlude(Session session, Runnable whenOver) {
        this.session = session;
        this.ids = session.ids();
        this.client = session.link();
        this.whenOver = whenOver;
        this.serverbound = session.whereabouts().place().serverbound();
    }

    /** Ends the old server's frames, between two of them. */
    void begin() {
        Place old = session.whereabouts().place();
        session.whereabouts().closeBundle();
        if (!session.hasConfiguration()) {
            session.chat().hold();
            old.leftovers().clearGame(client);
            session.reach().screen().clear(client);
            session.memory().forge().reset(session);
        } else if (session.clientbound() == ConnectionState.PLAY) {
            leavesGame = true;
            client.send(Marker.START_CONFIGURATION, ids, Marker.MARKER);
            session.clientbound(ConnectionState.CONFIGURATION);
        } else {
            // The server may have told it to leave the game itself.
            leavesGame = serverbound == ConnectionState.PLAY;
            isAsked = true;
            ByteBuf ping = Unpooled.directBuffer();
            Wire.writeVarInt(ping, ids.id(PacketType.CLIENTBOUND_CONFIGURATION_PING));
            client.send(ping.writeInt(PING));
        }
        old.retire();
        client.flush();
    }

    /** Waits for the client. */
    void await() {
        client.receiver(this);
        if (session.hasConfiguration()) {
            goOn();
        } else {
            end();
        }
    }

    private void goOn() {
        boolean acknowledges = leavesGame || serverbound == ConnectionState.LOGIN;
        if (!acknowledges && !isAsked) {
            end();
            return;
        }
        client.interest(interest());
        Duration next = acknowledges ? ACKNOWLEDGE : ANSWER;
        if (!next.equals(waits)) { // and not anew for each step of a client that goes to and fro
            waits = next;
            disarm();
            deadline = session.client().deadlines().arm(next, this::late);
        }
    }

    private Interest interest() {
        return switch (serverbound) {
            case LOGIN -> Interest.in(ids, PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
            case CONFIGURATION ->
                Interest.upTo(
                        ClientMemory.MAX_FRAME,
                        ids,
                        PacketType.SERVERBOUND_CONFIGURATION_PONG,
                        PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION,
                        PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION,
                        PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE,
                        PacketType.SERVERBOUND_CONFIGURATION_RESOURCE_PACK_RESPONSE,
                        PacketType.SERVERBOUND_CONFIGURATION_COOKIE_RESPONSE);
            case HANDSHAKE, STATUS, PLAY ->
                Interest.upTo(
                        ClientMemory.MAX_FRAME,
                        ids,
                        PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION,
                        PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION,
                        PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE,
                        PacketType.SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE,
                        PacketType.SERVERBOUND_PLAY_COOKIE_RESPONSE);
        };
    }

    @Override
    public boolean frame(Link from, int id, ByteBuf frame) {
        if (over || session.isOver()) {
            return false;
        }
        PacketType type = ids.type(serverbound, Direction.SERVERBOUND, id);
        switch (type) {
            case SERVERBOUND_LOGIN_ACKNOWLEDGED -> arrivesIn(ConnectionState.CONFIGURATION);
            // The server before had told it to, and it was on its way.
            case SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION -> arrivesIn(ConnectionState.PLAY);
            case SERVERBOUND_PLAY_ACK_CONFIGURATION -> {
                leavesGame = false;
                arrivesIn(ConnectionState.CONFIGURATION);
            }
            case SERVERBOUND_CONFIGURATION_PONG -> read(frame, this::answered);
            case SERVERBOUND_PLAY_CLIENT_INFORMATION,
                    SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION,
                    SERVERBOUND_PLAY_PLUGIN_MESSAGE,
                    SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE,
                    SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE,
                    SERVERBOUND_CONFIGURATION_RESOURCE_PACK_RESPONSE,
                    SERVERBOUND_PLAY_COOKIE_RESPONSE,
                    SERVERBOUND_CONFIGURATION_COOKIE_RESPONSE ->
                read(frame, body -> session.reach().reports().passes(type, body, Optional.empty()));
            default -> {}
        }
        return false;
    }

    private void arrivesIn(ConnectionState next) {
        serverbound = next;
        client.filters().state(next);
        goOn();
    }

    private void answered(ByteBuf body) {
        if (isAsked && body.readableBytes() == Integer.BYTES && body.readInt() == PING) {
            isAsked = false;
            goOn();
        }
    }

    private void read(ByteBuf frame, Consumer<ByteBuf> reader) {
        ByteBuf packet = client.unpack(frame);
        try {
            Wire.readVarInt(packet);
            reader.accept(packet);
        } finally {
            packet.release();
        }
    }

    private void late() {
        if (leavesGame || serverbound == ConnectionState.LOGIN) {
            tooSlow();
        } else {
            isAsked = false;
            end();
        }
    }

    private void tooSlow() {
        session.client().refused(Refusal.TOO_SLOW);
        session.kick(SILENT_CLIENT, DisconnectEvent.Cause.ERROR);
    }

    private void end() {
        disarm();
        if (client.walk().isInsideFrame()) {
            // Its beginning has gone to the old server, or nowhere; the rest goes nowhere.
            client.interest(Interest.NONE);
            deadline = session.client().deadlines().arm(ACKNOWLEDGE, this::tooSlow);
            client.inNextGap(this::end);
        } else if (!over && !session.isOver()) {
            over = true;
            whenOver.run();
        }
    }

    /** Nobody waits for the client any more. */
    void cancel() {
        over = true;
        disarm();
    }

    private void disarm() {
        if (deadline != null) {
            deadline.disarm();
        }
    }

    @Override
    public void malformed(Link link, MalformedPacketException why) {
        session.malformed();
    }

    /** Only the client's link tells it: the new server's has its login for receiver until the bridge takes it. */
    @Override
    public void ended(Link link) {
        session.finish(DisconnectEvent.Cause.CLIENT_QUIT);
    }
}
