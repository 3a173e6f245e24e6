package infrarust.api.filter;

import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;

/**
 * Where a plugin registers filters and packet listeners. Everything belongs to the plugin and goes with it, also from the
 * connections that are open then: their bytes pass as if it had never been there.
 *
 * <p>A packet meets the {@linkplain #codec codec filters} in {@linkplain FilterSpec their order}, then the packet listeners by priority
 * and in the order of registration, then the proxy itself (chat, commands, switching). Each sees what those before it have made of it.
 *
 * <p>Any thread may call.
 */
public interface Filters {

    /**
     * Registers a codec filter. Clients that join later get it, and servers that players are connected to later.
     *
     * @throws FilterTakenException if there is a codec filter with that id, also one of another plugin
     * @throws FilterOrderException if its order contradicts that of others; nothing is registered then
     */
    FilterRegistration codec(FilterSpec spec, CodecFilterFactory factory);

    /**
     * Registers a transport filter. Connections that come later meet it.
     *
     * @throws FilterTakenException if there is a transport filter with that id, also one of another plugin
     * @throws FilterOrderException if its order contradicts that of others; nothing is registered then
     */
    FilterRegistration transport(FilterSpec spec, TransportFilter filter);

    /**
     * Listens to packets of all players, of those who play already too.
     *
     * @param which the packets
     * @throws IllegalArgumentException if a name among them is none that the proxy knows
     */
    Subscription listen(
            PacketDirection direction, PacketInterest which, EventPriority priority, PacketListener listener);

    /**
     * As {@link #listen}, for a listener that takes its time.
     *
     * @throws IllegalArgumentException if a name among them is none that the proxy knows
     */
    Subscription listenAsync(
            PacketDirection direction, PacketInterest which, EventPriority priority, AsyncPacketListener listener);
}
