package infrarust.api.filter;

import infrarust.api.player.Player;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One direction of one player's connection, as the filter made for it sees it. The client's side lasts as long as the player stays; the
 * server's side as long as that server has the player. Only the event loop of the connection may ask, unless a method says otherwise.
 */
public interface CodecSession {

    /** Which way the packets travel. Any thread. */
    PacketDirection direction();

    /** The protocol number of the client, and of the server: the proxy translates nothing. Any thread. */
    int protocolVersion();

    /** The number of the player's connection, as {@link Player#id}. Any thread. */
    long connectionId();

    /** Whose connection it is. Any thread. */
    Player player();

    /** Where the client is, as {@link Player#remoteAddress}. Any thread. */
    InetSocketAddress remoteAddress();

    /** On the server's side the server's id in the configuration, empty on the client's. Any thread. */
    Optional<String> server();

    /** The state of the packets that travel this way. */
    PacketState state();

    /** From how many bytes on packets of this side are deflated on the wire; negative for none. It does not change. Any thread. */
    int compressionThreshold();

    /** Whether this side is encrypted on the wire. It does not change. Any thread. */
    boolean isEncrypted();

    /**
     * The id of a packet by its name in this session's version, direction and the given state; empty where the version does not have
     * it. Any thread.
     *
     * @throws IllegalArgumentException if the proxy knows no packet of that name
     */
    Optional<Integer> packetId(PacketState state, String name);

    /** {@link CodecFilter#interest} answers something else from now on: it is asked again soon. Any thread. */
    void interestChanged();
}
