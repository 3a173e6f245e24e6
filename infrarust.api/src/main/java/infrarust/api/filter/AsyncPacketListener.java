package infrarust.api.filter;

import infrarust.api.player.Player;
import java.util.concurrent.CompletionStage;

/** As {@link PacketListener}, for decisions that take time. */
@FunctionalInterface
public interface AsyncPacketListener {

    /**
     * What becomes of the packet. Called on a virtual thread, which may block. Until the answer is there, nothing more is read that travels the
     * same way on that player's connection, so that the order stays; everything else goes on. A failure, or no answer within 10 s
     * ({@code [events] packet_handler_timeout}), is logged with the plugin's name, and the packet passes.
     *
     * @return completes, on any thread, with the decision
     * @throws Exception as a failed stage
     */
    CompletionStage<Verdict> packet(Player player, RawPacket packet) throws Exception;
}
