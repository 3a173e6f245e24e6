package infrarust.proxy.session;

import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/** What a link tells its session, on the link's loop. */
interface Receiver {

    /**
     * A wanted frame.
     *
     * @return whether it goes to the peer as it came
     * @throws MalformedPacketException when it is not what it claims to be
     */
    boolean frame(Link from, int id, ByteBuf frame);

    /** The other side of this link has sent what is no protocol. */
    void malformed(Link link, MalformedPacketException why);

    /** The link can be written again after it could not. */
    default void writable(Link link) {}

    /** The other side of this link will send no more, or is gone; perhaps told more than once. */
    void ended(Link link);
}
