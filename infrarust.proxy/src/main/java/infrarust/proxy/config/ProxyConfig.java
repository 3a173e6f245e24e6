package infrarust.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What {@code infrarust.toml} says, with the command line's overrides. Immutable.
 *
 * @param bind where the proxy listens
 * @param compressionThreshold empty: each client gets the threshold of its backend, so that frames pass untouched; a
 *     number is enforced towards clients of intercepted modes (−1: no compression)
 * @param maxConnections at most this many at a time, 0 for no limit
 * @param connectTimeout for each attempt to reach a backend
 * @param connectMaxAttempts addresses tried per connect, 0 for all
 * @param serversDir folder of the server files; need not exist
 * @param pluginsDir folder of the plugins; need not exist
 * @param database the file of what must survive: bans and operators; made when there is something to keep
 * @param workerThreads event loops, 0 for one per processor
 * @param soReuseport whether several processes may listen on the same port
 * @param unknownDomainBehavior what happens to a host name that no server claims
 * @param announceProxyCommands whether clients are shown the proxy's commands, in the tree or (before 1.13) by completion
 * @param statusCache reuse of status answers
 * @param keepalive probes of TCP
 * @param receiveProxyProtocol whether connections begin with a header that says whose they are
 * @param ipFilter which addresses may connect at all
 * @param rateLimit logins and pings per address
 * @param packetLimits what a player may send
 * @param defaultMotd texts per state, for servers that have none of their own and for unknown domains (online)
 * @param events deadlines of listeners
 * @param auth how accounts are verified
 * @param ban who keeps the bans
 * @param permissions who may use the proxy's commands
 * @param forwarding how servers are told who a player is
 * @param pluginMessaging what servers may ask in plugin messages
 * @param activeHealth how the proxy looks whether the addresses of servers are well, unless a server has its own
 * @param shutdown how players are taken leave of
 * @param wasm engine and limits of WASM plugins
 * @param plugins settings by plugin id
 */
public record ProxyConfig(
        Address bind,
        OptionalInt compressionThreshold,
        int maxConnections,
        Duration connectTimeout,
        int connectMaxAttempts,
        Path serversDir,
        Path pluginsDir,
        Path database,
        int workerThreads,
        boolean soReuseport,
        UnknownDomain unknownDomainBehavior,
        boolean announceProxyCommands,
        StatusCache statusCache,
        TcpKeepalive keepalive,
        ReceiveProxyProtocol receiveProxyProtocol,
        IpFilter ipFilter,
        RateLimit rateLimit,
        PacketLimits packetLimits,
        Map<MotdState, Motd> defaultMotd,
        EventSettings events,
        AuthSettings auth,
        BanSettings ban,
        PermissionSettings permissions,
        ForwardingSettings forwarding,
        PluginMessagingSettings pluginMessaging,
        ActiveHealth activeHealth,
        ShutdownSettings shutdown,
        WasmSettings wasm,
        Map<String, PluginSettings> plugins) {

    public ProxyConfig {
        defaultMotd = Map.copyOf(defaultMotd);
        plugins = Map.copyOf(plugins);
    }

    /** What holds when the file says nothing. */
    public static ProxyConfig defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of a plugin, or the defaults when the file has no table for it. */
    public PluginSettings plugin(String id) {
        return plugins.getOrDefault(id, PluginSettings.defaults());
    }

    /** Starts from these values. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.bind = bind;
        builder.compressionThreshold = compressionThreshold;
        builder.maxConnections = maxConnections;
        builder.connectTimeout = connectTimeout;
        builder.connectMaxAttempts = connectMaxAttempts;
        builder.serversDir = serversDir;
        builder.pluginsDir = pluginsDir;
        builder.database = database;
        builder.workerThreads = workerThreads;
        builder.soReuseport = soReuseport;
        builder.unknownDomainBehavior = unknownDomainBehavior;
        builder.announceProxyCommands = announceProxyCommands;
        builder.statusCache = statusCache;
        builder.keepalive = keepalive;
        builder.receiveProxyProtocol = receiveProxyProtocol;
        builder.ipFilter = ipFilter;
        builder.rateLimit = rateLimit;
        builder.packetLimits = packetLimits;
        builder.defaultMotd = defaultMotd;
        builder.events = events;
        builder.auth = auth;
        builder.ban = ban;
        builder.permissions = permissions;
        builder.forwarding = forwarding;
        builder.pluginMessaging = pluginMessaging;
        builder.activeHealth = activeHealth;
        builder.shutdown = shutdown;
        builder.wasm = wasm;
        builder.plugins = plugins;
        return builder;
    }

    /** Collects the values of a {@link ProxyConfig}, each named like its component; for one thread. */
    public static final class Builder {
        private Address bind = new Address("0.0.0.0", Address.DEFAULT_PORT);
        private OptionalInt compressionThreshold = OptionalInt.empty();
        private int maxConnections;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private int connectMaxAttempts = 3;
        private Path serversDir = Path.of("servers");
        private Path pluginsDir = Path.of("plugins");
        private Path database = Path.of("infrarust.db");
        private int workerThreads;
        private boolean soReuseport;
        private UnknownDomain unknownDomainBehavior = UnknownDomain.DEFAULT_MOTD;
        private boolean announceProxyCommands = true;
        private StatusCache statusCache = StatusCache.defaults();
        private TcpKeepalive keepalive = TcpKeepalive.defaults();
        private ReceiveProxyProtocol receiveProxyProtocol = ReceiveProxyProtocol.off();
        private IpFilter ipFilter = IpFilter.none();
        private RateLimit rateLimit = RateLimit.defaults();
        private PacketLimits packetLimits = PacketLimits.defaults();
        private Map<MotdState, Motd> defaultMotd = Map.of();
        private EventSettings events = EventSettings.defaults();
        private AuthSettings auth = AuthSettings.defaults();
        private BanSettings ban = BanSettings.defaults();
        private PermissionSettings permissions = PermissionSettings.defaults();
        private ForwardingSettings forwarding = ForwardingSettings.defaults();
        private PluginMessagingSettings pluginMessaging = PluginMessagingSettings.defaults();
        private ActiveHealth activeHealth = ActiveHealth.defaults();
        private ShutdownSettings shutdown = ShutdownSettings.defaults();
        private WasmSettings wasm = WasmSettings.defaults();
        private Map<String, PluginSettings> plugins = Map.of();

        private Builder() {}

        /** Sets {@link ProxyConfig#bind}. */
        public Builder bind(Address value) {
            bind = value;
            return this;
        }

        /** Sets {@link ProxyConfig#compressionThreshold}. */
        public Builder compressionThreshold(OptionalInt value) {
            compressionThreshold = value;
            return this;
        }

        /** Sets {@link ProxyConfig#maxConnections}. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Sets {@link ProxyConfig#connectTimeout}. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** Sets {@link ProxyConfig#connectMaxAttempts}. */
        public Builder connectMaxAttempts(int value) {
            connectMaxAttempts = value;
            return this;
        }

        /** Sets {@link ProxyConfig#serversDir}. */
        public Builder serversDir(Path value) {
            serversDir = value;
            return this;
        }

        /** Sets {@link ProxyConfig#pluginsDir}. */
        public Builder pluginsDir(Path value) {
            pluginsDir = value;
            return this;
        }

        /** Sets {@link ProxyConfig#database}. */
        public Builder database(Path value) {
            database = value;
            return this;
        }

        /** Sets {@link ProxyConfig#workerThreads}. */
        public Builder workerThreads(int value) {
            workerThreads = value;
            return this;
        }

        /** Sets {@link ProxyConfig#soReuseport}. */
        public Builder soReuseport(boolean value) {
            soReuseport = value;
            return this;
        }

        /** Sets {@link ProxyConfig#unknownDomainBehavior}. */
        public Builder unknownDomainBehavior(UnknownDomain value) {
            unknownDomainBehavior = value;
            return this;
        }

        /** Sets {@link ProxyConfig#announceProxyCommands}. */
        public Builder announceProxyCommands(boolean value) {
            announceProxyCommands = value;
            return this;
        }

        /** Sets {@link ProxyConfig#statusCache}. */
        public Builder statusCache(StatusCache value) {
            statusCache = value;
            return this;
        }

        /** Sets {@link ProxyConfig#keepalive}. */
        public Builder keepalive(TcpKeepalive value) {
            keepalive = value;
            return this;
        }

        /** Sets {@link ProxyConfig#receiveProxyProtocol}. */
        public Builder receiveProxyProtocol(ReceiveProxyProtocol value) {
            receiveProxyProtocol = value;
            return this;
        }

        /** Sets {@link ProxyConfig#ipFilter}. */
        public Builder ipFilter(IpFilter value) {
            ipFilter = value;
            return this;
        }

        /** Sets {@link ProxyConfig#rateLimit}. */
        public Builder rateLimit(RateLimit value) {
            rateLimit = value;
            return this;
        }

        /** Sets {@link ProxyConfig#packetLimits}. */
        public Builder packetLimits(PacketLimits value) {
            packetLimits = value;
            return this;
        }

        /** Sets {@link ProxyConfig#defaultMotd}. */
        public Builder defaultMotd(Map<MotdState, Motd> value) {
            defaultMotd = value;
            return this;
        }

        /** Sets {@link ProxyConfig#events}. */
        public Builder events(EventSettings value) {
            events = value;
            return this;
        }

        /** Sets {@link ProxyConfig#ban}. */
        public Builder ban(BanSettings value) {
            ban = value;
            return this;
        }

        /** Sets {@link ProxyConfig#permissions}. */
        public Builder permissions(PermissionSettings value) {
            permissions = value;
            return this;
        }

        /** Sets {@link ProxyConfig#auth}. */
        public Builder auth(AuthSettings value) {
            auth = value;
            return this;
        }

        /** Sets {@link ProxyConfig#forwarding}. */
        public Builder forwarding(ForwardingSettings value) {
            forwarding = value;
            return this;
        }

        /** Sets {@link ProxyConfig#pluginMessaging}. */
        public Builder pluginMessaging(PluginMessagingSettings value) {
            pluginMessaging = value;
            return this;
        }

        /** Sets {@link ProxyConfig#activeHealth}. */
        public Builder activeHealth(ActiveHealth value) {
            activeHealth = value;
            return this;
        }

        /** Sets {@link ProxyConfig#shutdown}. */
        public Builder shutdown(ShutdownSettings value) {
            shutdown = value;
            return this;
        }

        /** Sets {@link ProxyConfig#wasm}. */
        public Builder wasm(WasmSettings value) {
            wasm = value;
            return this;
        }

        /** Sets {@link ProxyConfig#plugins}. */
        public Builder plugins(Map<String, PluginSettings> value) {
            plugins = value;
            return this;
        }

        /** The configuration with all values set so far. */
        public ProxyConfig build() {
            return new ProxyConfig(
                    bind,
                    compressionThreshold,
                    maxConnections,
                    connectTimeout,
                    connectMaxAttempts,
                    serversDir,
                    pluginsDir,
                    database,
                    workerThreads,
                    soReuseport,
                    unknownDomainBehavior,
                    announceProxyCommands,
                    statusCache,
                    keepalive,
                    receiveProxyProtocol,
                    ipFilter,
                    rateLimit,
                    packetLimits,
                    defaultMotd,
                    events,
                    auth,
                    ban,
                    permissions,
                    forwarding,
                    pluginMessaging,
                    activeHealth,
                    shutdown,
                    wasm,
                    plugins);
        }
    }
}
