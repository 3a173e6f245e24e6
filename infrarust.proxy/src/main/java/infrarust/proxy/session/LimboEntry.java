package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/** Where players go who are on no server. */
@FunctionalInterface
public interface LimboEntry {

    /** Why clients of that version cannot enter; empty when they can. Any thread. */
    default Optional<Component> refusal(PacketIds ids) {
        return Optional.empty();
    }

    /**
     * Takes over a client that has logged in without a backend, or comes from one: login success is sent and, where the version has
     * the configuration state, the client is at its beginning. Called on the client's event loop. Before it returns, the room sets
     * {@link LimboClient#onPacket its listener}; what it sends then is the first packet behind the login.
     */
    void enter(LimboClient client);
}
