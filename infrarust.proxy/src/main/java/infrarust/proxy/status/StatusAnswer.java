package infrarust.proxy.status;

import io.netty.buffer.ByteBuf;

/** What a pinger gets to see. Immutable; any thread. */
sealed interface StatusAnswer permits RelayedAnswer, OwnAnswer {

    /**
     * Writes the whole status response: length of the frame, id, JSON.
     *
     * @param protocol the number of the pinger's handshake
     */
    void write(ByteBuf out, int protocol);

    /**
     * What clients before 1.7 are told, who know no JSON.
     *
     * @param protocol the number that the client has said, or {@link LegacyAnswer#ANY_PROTOCOL}
     */
    LegacyAnswer legacy(int protocol);
}
