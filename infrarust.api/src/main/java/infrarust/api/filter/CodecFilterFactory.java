package infrarust.api.filter;

import java.util.Optional;

/**
 * Makes the filters of new connections: for each player one for the packets of the client, and one for the packets of each server that
 * takes the player.
 */
@FunctionalInterface
public interface CodecFilterFactory {

    /**
     * A connection begins. Called on its event loop, before the first packet of that direction behind the login. What it throws is logged with the
     * plugin's name, and that side goes without the filter, unless it is {@linkplain #required required}.
     *
     * @return the filter; empty where nothing is to be filtered
     */
    Optional<CodecFilter> create(CodecSession session);

    /**
     * Whether a connection must not be without the filter: when it cannot be made or fails, the player is sent away. For filters that keep
     * something out; asked once, when it is registered.
     */
    default boolean required() {
        return false;
    }
}
