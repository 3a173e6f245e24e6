package infrarust.proxy;

import infrarust.api.event.Event;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.ProxyStoppingEvent;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.OperatorCommands;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.AuthSettings;
import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.TcpKeepalive;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.FilterRegistry;
import infrarust.proxy.gate.Admission;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.live.Follower;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.login.SessionServer;
import infrarust.proxy.net.KeepAlive;
import infrarust.proxy.net.ListenSettings;
import infrarust.proxy.net.Network;
import infrarust.proxy.net.Transport;
import infrarust.proxy.plugin.PluginList;
import infrarust.proxy.plugin.PluginServices;
import infrarust.proxy.plugin.Plugins;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.service.ServiceDirectory;
import infrarust.proxy.status.Pings;
import infrarust.proxy.telemetry.ConnectionCounters;
import infrarust.proxy.telemetry.RefusalReport;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running proxy: every room, wired. Started and closed by one thread that is no event loop.
 *
 * <p>Start: plugins are loaded and enabled while the network is prepared, then the proxy binds, tells the plugins, and lets
 * clients in. Stop is the way back: no new clients, players are sent away, plugins are told, plugins are disabled, the
 * network ends. Each step has a bound, so that a plugin that hangs does not keep the process.
 */
final class Proxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

    /** How long the system may take to end the listening. */
    private static final Duration UNLISTEN = Duration.ofSeconds(5);

    /** Beyond the deadline of each listener; for the case that many are late. */
    private static final Duration ALL_LISTENERS = Duration.ofSeconds(30);

    /** How often the log says what was refused, if anything was. */
    private static final Duration REPORT = Duration.ofMinutes(1);

    private final OnlinePlayers players = new OnlinePlayers();
    private final MessageChannels channels = new MessageChannels(players);
    private final Deadlines.RealTime deadlines = Deadlines.realTime();
    private final EventDispatcher events;
    private final AccessSetup access;
    private final Operators operators;
    private final LiveSetup live;
    private final StopRequest stop;
    private final GracefulStop leave;
    private final FilterRegistry filters;
    private final ConnectionCounters counters = new ConnectionCounters();
    private final ProxyFacts facts;

    /** What has been started, with how to stop it; the last one is stopped first. */
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private InetSocketAddress local = new InetSocketAddress(0);

    private Proxy(ConfigLoader.Loaded loaded, Path workingDirectory, StopRequest stop) {
        ProxyConfig config = loaded.snapshot().config();
        this.stop = stop;
        events = new EventDispatcher(deadlines, config.events().handlerTimeout());
        live = new LiveSetup(loaded, workingDirectory, events, players);
        access = new AccessSetup(config, events, players, deadlines, workingDirectory);
        operators = new Operators(() -> live.configuration().snapshot(), players, deadlines, access.permissions());
        facts = new ProxyFacts(players, counters, stop::stop);
        leave = new GracefulStop(players, GracefulStop::transfer);
        filters = new FilterRegistry(
                config.events().packetHandlerTimeout(), config.events().transportFilterTimeout());
        undo.push(deadlines::close);
        undo.push(access::close);
    }

    /**
     * Starts everything; returns once clients are let in.
     *
     * @param workingDirectory what relative paths of the configuration are relative to
     * @param stop made by operators and plugins who want the proxy to be closed; says why
     * @throws StartException when it cannot; whatever had been started is stopped again
     */
    static Proxy start(ConfigLoader.Loaded loaded, Installation installation, Path workingDirectory, StopRequest stop)
            throws StartException, InterruptedException {
        Proxy proxy = new Proxy(loaded, workingDirectory, stop);
        try {
            proxy.startRooms(loaded, installation, workingDirectory);
            return proxy;
        } catch (StartException | RuntimeException | InterruptedException e) {
            proxy.close();
            throw e;
        }
    }

    private void startRooms(ConfigLoader.Loaded loaded, Installation installation, Path workingDirectory)
            throws StartException, InterruptedException {
        ProxySnapshot snapshot = loaded.snapshot();
        ProxyConfig config = snapshot.config();
        InetSocketAddress bind = resolve(config.bind());
        access.load();
        access.offer(operators.operations());
        Forwardings forwardings = ForwardingSetup.open(snapshot);
        PluginStart starting = PluginStart.begin(loaded, installation, deadlines, pluginServices(config));
        undo.push(starting::stop);
        PacketTable packets = PacketTable.load();
        facts.learn(packets);
        Network network = startNetwork(config);
        undo.push(network::close);
        live.configuration().router().warnings().forEach(LOG::warn);
        BackendHealth health = live.health();
        operators.addRoutes(() -> live.configuration().router(), health::pools);
        OnlineLogin online = onlineLogin(config.auth());
        Rooms rooms = new Rooms(
                snapshot,
                workingDirectory,
                packets,
                network,
                events,
                players,
                operators.commands(),
                channels,
                online,
                forwardings,
                filters.codecs(),
                health.backends(network),
                access);
        Pings pings = rooms.pings();
        Admission admission = Admission.of(config, filters.transports(), System::nanoTime);
        Gate gate = new Gate(packets, live.configuration(), admission, counters, events, rooms.wire(pings));
        OpenDoor door = new OpenDoor();
        Network.Listener listener = network.listener(
                new ListenSettings(bind, config.soReuseport(), config.maxConnections()),
                (channel, scope) -> door.before(channel, () -> gate.receive(channel, scope)));
        Follower modes = ConfigFollowers.modes(network, online);
        modes.prepare(snapshot, ConfigDiff.none()).run();
        live.follow(
                ForwardingSetup.follower(forwardings),
                ConfigFollowers.of(admission),
                ConfigFollowers.of(access.permissions()),
                ConfigFollowers.of(pings, workingDirectory, players::count),
                modes);
        live.addTo(operators.operations());
        StatusCommand.addTo(
                operators.operations(), players, counters, network, live.configuration(), live.reloads(), stop);
        Plugins plugins = starting.await();
        new PluginOperations(plugins, events::reports).addTo(operators.operations());
        FilterOperations.addTo(operators.operations(), filters);
        access.await();
        undo.push(() -> tell(new ProxyShutdownEvent()));
        undo.push(() -> {
            LOG.info("Served {}", counters);
            health.summary().ifPresent(LOG::info);
        });
        undo.push(() -> leave.takeLeave(live.configuration().snapshot().config().shutdown(), stop.reason()));
        undo.push(() -> tell(new ProxyStoppingEvent(stop.reason())));
        listen(listener, config.bind());
        tell(new ProxyInitializeEvent());
        door.open();
        health.watch(network, packets);
        report(counters, network);
        StartLog.describe(live.configuration().snapshot(), plugins);
        admission.describe().forEach(LOG::info);
        undo.push(live.watch());
    }

    private static void report(ConnectionCounters counters, Network network) {
        var report = new RefusalReport(counters);
        var _ = network.nextLoop()
                .scheduleAtFixedRate(
                        () -> report.next().ifPresent(LOG::info),
                        REPORT.toSeconds(),
                        REPORT.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private OnlineLogin onlineLogin(AuthSettings auth) {
        SessionServer sessions = new SessionServer(auth.sessionUrl(), SessionServer.ATTEMPT, System::nanoTime);
        undo.push(sessions::close);
        return new OnlineLogin(
                sessions,
                auth.preventProxyConnections(),
                work -> Thread.ofVirtual().name("login").start(work));
    }

    private static InetSocketAddress resolve(Address bind) throws StartException {
        InetSocketAddress resolved = new InetSocketAddress(bind.host(), bind.port());
        if (resolved.isUnresolved()) {
            throw new StartException(
                    "cannot listen on " + bind + ": the name \"" + bind.host()
                            + "\" has no address here; use 0.0.0.0 to listen on all",
                    new IOException("unresolved"));
        }
        return resolved;
    }

    private PluginServices pluginServices(ProxyConfig config) {
        return new PluginServices(
                events,
                players,
                operators.commands()::of,
                filters::of,
                live::configuration,
                live.servers(),
                live::balancer,
                new ServiceDirectory(events::fire),
                new PluginList(),
                facts,
                access::bansOf,
                access::permissionsOf,
                channels,
                deadlines,
                config.pluginsDir(),
                id -> live.configuration().snapshot().config().plugin(id));
    }

    private static Network startNetwork(ProxyConfig config) throws StartException {
        try {
            Optional<String> wanted = Optional.ofNullable(System.getProperty(Transport.PROPERTY));
            TcpKeepalive probes = config.keepalive();
            return Network.start(
                    Transport.named(wanted),
                    config.workerThreads(),
                    new KeepAlive(probes.time(), probes.interval(), probes.retries()));
        } catch (IllegalArgumentException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private void listen(Network.Listener listener, Address bind) throws StartException {
        try {
            Channel listening = listener.open();
            undo.push(() -> listening.close().awaitUninterruptibly(UNLISTEN.toMillis()));
            local = (InetSocketAddress) listening.localAddress();
        } catch (IOException e) {
            throw new StartException(cannotListen(bind, e), e);
        }
    }

    private static String cannotListen(Address bind, IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        String text = "cannot listen on " + bind + ": ";
        if (reason.contains("in use")) {
            return text + "the port is in use; stop the other program or choose another with --bind";
        }
        if (reason.contains("denied")) {
            return text + "this user may not listen on that port; choose one above 1023";
        }
        if (reason.contains("assign")) {
            return text + "this machine has no such address; use 0.0.0.0 to listen on all";
        }
        return text + reason;
    }

    private void tell(Event event) {
        try {
            events.fire(event).toCompletableFuture().get(ALL_LISTENERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "The listeners of {} take longer than {} s together; going on without them",
                    event.getClass().getSimpleName(),
                    ALL_LISTENERS.toSeconds());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an event never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens, as people write it. */
    Address address() {
        return new Address(local.getAddress().getHostAddress(), local.getPort());
    }

    /** The port it listens on. */
    int localPort() {
        return local.getPort();
    }

    /** Changes how long players may take to be gone. */
    void drain(Duration most) {
        leave.leaveTime(most);
    }

    /** What operators can do. */
    Operations operations() {
        return operators.operations();
    }

    /** The lines of the console. */
    OperatorCommands operators() {
        return operators.console();
    }

    /** The event bus. */
    EventDispatcher events() {
        return events;
    }

    /** Who is connected. */
    OnlinePlayers players() {
        return players;
    }

    /** Stops in order; whatever fails is logged and does not keep the rest. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (CompletionException e) {
                LOG.debug("What had not started needs no stop", e);
            } catch (RuntimeException e) { // the rest must be stopped all the same
                LOG.error("A part of the proxy did not stop", e);
            }
        }
    }
}
