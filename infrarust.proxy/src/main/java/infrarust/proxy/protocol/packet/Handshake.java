package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;

/**
 * The first packet of a connection; the only one whose layout never changed.
 *
 * @param protocol the protocol number, any 32-bit value
 * @param host what the client dials, with everything that mods append after a NUL; at most 255 characters
 * @param port what the client dials, 0 to 65535
 * @param next what the client wants: 1 status, 2 login, 3 transfer
 */
public record Handshake(int protocol, String host, int port, int next) {

    /** The client pings. */
    public static final int STATUS = 1;
    /** The client logs in. */
    public static final int LOGIN = 2;
    /** The client logs in because another server sent it here; since 1.20.5. */
    public static final int TRANSFER = 3;

    /** Wire layout. */
    public static final PacketLayout<Handshake> LAYOUT = PacketLayout.always(
            PacketType.SERVERBOUND_HANDSHAKE_INTENTION,
            Layout.fields(
                    Layout.VAR_INT,
                    Handshake::protocol,
                    Layout.string(Wire.MAX_HOST),
                    Handshake::host,
                    Layout.UNSIGNED_SHORT,
                    Handshake::port,
                    Layout.VAR_INT,
                    Handshake::next,
                    Handshake::new));
}
