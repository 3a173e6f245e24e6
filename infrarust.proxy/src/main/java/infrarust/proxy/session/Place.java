package infrarust.proxy.session;

import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.ConnectionState;
import java.util.Optional;

/**
 * Where a client is, or was last: on a server or in the limbo. What the way to the next place needs to know of it. Only the loop's
 * thread.
 */
sealed interface Place permits PlayBridge, LimboStage {

    /** The server; empty for the limbo. */
    Optional<ServerConfig> server();

    /** The server's id, or that of the limbo. */
    default String id() {
        return server().map(ServerConfig::id).orElse(ServerConfig.LIMBO_ID);
    }

    /** The state of the packets that the client sends. */
    ConnectionState serverbound();

    /** Whether the client holds back what it is sent until a bundle is complete. */
    boolean isInBundle();

    /** Whether the client has a world that it leaves by a respawn: of this place, or of one before. */
    boolean hasWorld();

    /** What has been put into the client and stays there. */
    Leftovers leftovers();

    /** Runs the action when the client can go to another place; at once when it can already. */
    void whenSettled(Runnable action);

    /** Whether the client can go to another place when this one is lost. */
    boolean canBeRescued();

    /** Nothing passes from here on: the client has another place, or none. */
    void retire();

    /** Whether it {@linkplain #retire has been left}, or is lost. */
    boolean isRetired();
}
