package infrarust.proxy.session;

/** Where players go who are on no server. */
@FunctionalInterface
public interface LimboEntry {

    /**
     * Takes over a client that has logged in without a backend: login success is sent and, where the version has the
     * configuration state, acknowledged. Called on the client's event loop. Before it returns, the room sets
     * {@link LimboClient#onPacket its listener}; what it sends then is the first packet behind the login.
     */
    void enter(LimboClient client);
}
