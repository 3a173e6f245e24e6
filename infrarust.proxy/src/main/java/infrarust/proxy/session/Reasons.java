package infrarust.proxy.session;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.text.TextDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import net.kyori.adventure.text.Component;

/**
 * Reads why a server ends a connection, and writes why the proxy does. A reason that cannot be read is no reason not to end it.
 */
final class Reasons {

    private static final Component NONE = Component.text("Disconnected");

    private Reasons() {}

    /** The packet that ends the connection of a client in that state. */
    static ByteBuf packet(ByteBufAllocator allocator, PacketIds ids, ConnectionState state, Component reason) {
        return switch (state) {
            case CONFIGURATION -> Disconnect.CONFIGURATION.encode(allocator, ids, new Disconnect(reason));
            case PLAY -> Disconnect.PLAY.encode(allocator, ids, new Disconnect(reason));
            case HANDSHAKE, STATUS, LOGIN ->
                LoginDisconnect.LAYOUT.encode(allocator, ids, LoginDisconnect.of(ids, reason));
        };
    }

    /** Of a login. */
    static Component login(PacketIds ids, ByteBuf body) {
        String json;
        try {
            json = LoginDisconnect.LAYOUT.read(body, ids).json();
        } catch (MalformedPacketException unreadable) {
            return NONE;
        }
        try {
            return TextDialect.at(ids.protocol()).parseJson(json);
        } catch (IllegalArgumentException plain) {
            return Component.text(json);
        }
    }

    /** Of the configuration or the game. */
    static Component of(PacketLayout<Disconnect> layout, PacketIds ids, ByteBuf body) {
        try {
            return layout.read(body, ids).reason();
        } catch (MalformedPacketException unreadable) {
            return NONE;
        }
    }
}
