package infrarust.proxy.gate;

import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.filter.TransportFilters;
import infrarust.proxy.net.KeepAlive;
import infrarust.proxy.net.ListenSettings;
import infrarust.proxy.net.Network;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.telemetry.BackendCounters;
import infrarust.proxy.telemetry.ConnectionCounters;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** A gate on a free port of the loopback interface, with one server for every host. */
public final class LoopbackProxy implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 10_000;

    private final ConnectionCounters counters = new ConnectionCounters();
    private final BackendCounters backendCounters = new BackendCounters();
    private final Pools pools;
    private volatile ProxySnapshot current;
    private final Network network;
    private final Channel listener;

    public LoopbackProxy(Transport transport, ProxySnapshot snapshot, BiFunction<Network, Backends, Gate.Rooms> rooms)
            throws IOException {
        this(transport, snapshot, System::nanoTime, rooms);
    }

    /** @param nanoTime the clock of the deadlines */
    public LoopbackProxy(
            Transport transport,
            ProxySnapshot snapshot,
            LongSupplier nanoTime,
            BiFunction<Network, Backends, Gate.Rooms> rooms)
            throws IOException {
        this(transport, snapshot, nanoTime, noFilters(), rooms);
    }

    /** @param filters those that connections meet first */
    public LoopbackProxy(
            Transport transport,
            ProxySnapshot snapshot,
            LongSupplier nanoTime,
            TransportFilters filters,
            BiFunction<Network, Backends, Gate.Rooms> rooms)
            throws IOException {
        this(transport, snapshot, nanoTime, filters, NobodyListens.dispatcher(), rooms);
    }

    /**
     * @param nanoTime the clock of the deadlines
     * @param filters those that connections meet first
     * @param events of the gate
     */
    public LoopbackProxy(
            Transport transport,
            ProxySnapshot snapshot,
            LongSupplier nanoTime,
            TransportFilters filters,
            EventDispatcher events,
            BiFunction<Network, Backends, Gate.Rooms> rooms)
            throws IOException {
        network = Network.start(transport, 1, KeepAlive.defaults(), nanoTime);
        network.prepareZeroCopy();
        pools = new Pools(snapshot, System::nanoTime, change -> {});
        current = snapshot;
        var gate = new Gate(
                PacketTable.load(),
                this::route,
                Admission.of(snapshot.config(), filters, System::nanoTime),
                counters,
                events,
                rooms.apply(network, new Backends(network.connector(), pools, backendCounters)));
        listener = network.listener(
                        new ListenSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, 0),
                        gate::receive)
                .open();
    }

    /** As of a proxy without plugins. */
    public static TransportFilters noFilters() {
        return new TransportFilters(Duration.ofSeconds(5));
    }

    private Route route(String host) {
        ProxySnapshot now = current;
        return new Route(now, host, now.servers().stream().findFirst());
    }

    /** Another configuration holds from now on; its first server has every host. */
    public void configure(ProxySnapshot next) {
        pools.configure(next);
        current = next;
    }

    public Network network() {
        return network;
    }

    public ConnectionCounters counters() {
        return counters;
    }

    /** The addresses of the server. */
    public Pools pools() {
        return pools;
    }

    public BackendCounters backendCounters() {
        return backendCounters;
    }

    /** A client's socket, blocking, with a read timeout. */
    public Socket connect() throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) listener.localAddress()).getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public void close() {
        network.close();
    }
}
