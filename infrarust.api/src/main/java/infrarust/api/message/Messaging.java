package infrarust.api.message;

import infrarust.api.player.Delivery;
import java.util.List;

/**
 * Channels of plugin messages. What clients and servers say on one that a plugin has registered is shown to the listeners of
 * {@link infrarust.api.event.PluginMessageEvent}; everything else passes unread. Any thread may call.
 *
 * <p>Messages to one player, and to the server that a player is on, are sent by {@link
 * infrarust.api.player.Player#sendPluginMessage} and {@link infrarust.api.player.Player#sendToServer}; those need no registered
 * channel.
 */
public interface Messaging {

    /** The most bytes of one message to a client. */
    int MAX_TO_CLIENT = 1 << 20;

    /** The most bytes of one message to a server. */
    int MAX_TO_SERVER = 32_767;

    /**
     * Registers a channel, for this plugin; others may have it too. Servers are told that the proxy listens on it, so that they
     * send on it at all: those where players are, and each when a player enters its world. The channels that servers speak to
     * proxies on ({@code bungeecord:main}, {@code BungeeCord}, {@code velocity:…}) and those with which the game itself names
     * channels ({@code minecraft:register} and the like) are the proxy's own.
     *
     * @throws IllegalArgumentException if it is one of the proxy's own
     * @throws IllegalStateException if the plugin is disabled
     */
    ChannelRegistration register(MessageChannel channel);

    /** The channels that plugins have registered. */
    List<MessageChannel> channels();

    /**
     * Sends a message to a server, once, through the connection of any player who is on it.
     *
     * @param server its id in the configuration
     * @param data at most {@link #MAX_TO_SERVER} bytes
     * @return {@link Delivery#DISCONNECTED} if nobody is on the server, {@link Delivery#REFUSED} if no player who is can carry it
     * @throws IllegalArgumentException if it is too long
     */
    Delivery sendToServer(String server, MessageChannel channel, byte[] data);
}
