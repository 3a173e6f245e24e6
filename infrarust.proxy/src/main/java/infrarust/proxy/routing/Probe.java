package infrarust.proxy.routing;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ServerConfig;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out whether an address of a server is well. */
@FunctionalInterface
public interface Probe {

    /**
     * Looks, in the way and within the time that the server's {@code activeHealth} says. Never blocks.
     *
     * @param server whose address it is
     * @param address where to look
     * @param outcome called once, on the thread that called, with what was wrong, or with nothing when the address is well
     */
    void look(ServerConfig server, Address address, Consumer<Optional<String>> outcome);
}
