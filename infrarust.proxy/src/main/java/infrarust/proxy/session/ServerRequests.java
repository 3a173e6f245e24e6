package infrarust.proxy.session;

import infrarust.api.event.PluginMessageEvent.Source;
import infrarust.api.event.PreTransferEvent;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.messaging.BungeeCordChannel;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.Transfer;
import io.netty.buffer.ByteBuf;

/**
 * What a server sends that is not for the client alone: plugin messages that plugins or the proxy read, and the wish to send the
 * client elsewhere. Only the loop's thread.
 */
final class ServerRequests {

    private final Session session;
    private final PacketIds ids;
    private final ServerConfig server;
    private final Link backend;
    private final Hold side;
    private final ShownMessages messages;
    private boolean retired;

    ServerRequests(Session session, ServerConfig server, Link backend) {
        this.session = session;
        this.ids = session.ids();
        this.server = server;
        this.backend = backend;
        this.side = new Hold(session, backend);
        this.messages = new ShownMessages(session, Source.SERVER, side);
    }

    /** Whether anybody could read a plugin message of the server. */
    boolean wantsMessages() {
        return server.bungeecordChannel() || !session.sessions().channels().isEmpty();
    }

    /** The server is read, unless it waits for what plugins say. */
    void resume() {
        if (!side.isHolding()) {
            backend.resume();
        }
    }

    /** The client has left the server: nothing of it goes to the client any more. */
    void retire() {
        retired = true;
        side.abandon();
    }

    /**
     * A packet has come, between two frames.
     *
     * @param body what follows its id; left as it is
     * @return whether it passes to the client as it came
     */
    boolean passes(PacketType type, ByteBuf body) {
        return switch (type) {
            case CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE, CLIENTBOUND_PLAY_PLUGIN_MESSAGE -> message(type, body);
            case CLIENTBOUND_CONFIGURATION_TRANSFER -> transfers(Transfer.CONFIGURATION, body);
            case CLIENTBOUND_PLAY_TRANSFER -> transfers(Transfer.PLAY, body);
            default -> true;
        };
    }

    private boolean message(PacketType type, ByteBuf body) {
        String channel = Wire.readString(body.duplicate(), Wire.MAX_STRING);
        if (server.bungeecordChannel()
                && type == PacketType.CLIENTBOUND_PLAY_PLUGIN_MESSAGE
                && channel.equals(BungeeCordChannel.name(ids.protocol()))) {
            byte[] said =
                    PluginMessage.PLAY_CLIENTBOUND.read(body.duplicate(), ids).content();
            ProxySnapshot snapshot = session.client().route().snapshot();
            session.sessions()
                    .bungeeCord()
                    .heard(
                            session.player(),
                            server,
                            snapshot.servers(),
                            snapshot.config().pluginMessaging().commands(),
                            said);
            return false;
        }
        return messages.passes(type, channel, body, this::send);
    }

    private boolean transfers(PacketLayout<Transfer> layout, ByteBuf body) {
        if (!session.sessions().events().isHeard(PreTransferEvent.class)) {
            return true;
        }
        Transfer wish = layout.read(body.duplicate(), ids);
        side.decide(new PreTransferEvent(session.player(), wish.host(), wish.port()), event -> {
            switch (event.result()) {
                case PreTransferEvent.Result.Allowed() -> send(layout, wish);
                case PreTransferEvent.Result.Denied() -> {}
                case PreTransferEvent.Result.Redirect(String host, int port) -> send(layout, new Transfer(host, port));
            }
        });
        return false;
    }

    private void send(PacketLayout<Transfer> layout, Transfer packet) {
        send(layout.encode(session.client().channel().alloc(), ids, packet));
    }

    private void send(ByteBuf packet) {
        if (retired) {
            packet.release();
        } else {
            session.link().send(packet);
            session.link().flush();
        }
    }
}
