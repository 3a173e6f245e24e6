package infrarust.proxy.config;

import infrarust.proxy.config.ReceiveProxyProtocol.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys of {@code infrarust.toml}. Keys that the format knows and this version does not serve stand here too, so that
 * a file written for a fuller version either means the same or is refused with a reason.
 */
final class ProxyFile {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ANY = Integer.MAX_VALUE;

    private final Path workingDirectory;

    /** Relative paths of the file start from the working directory, not from the file. */
    ProxyFile(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Reads every key; what is wrong goes to the document's findings. */
    ProxyConfig read(Document document) {
        Table root = document.root();
        ProxyConfig.Builder config = ProxyConfig.builder();
        ProxyConfig defaults = ProxyConfig.defaults();
        root.parsed("bind", "an address like \"0.0.0.0:25565\"", Address::parse).ifPresent(config::bind);
        config.compressionThreshold(root.integer("compression_threshold", -1, ANY))
                .maxConnections(root.integer("max_connections", 0, ANY, defaults.maxConnections()))
                .connectTimeout(root.duration("connect_timeout", MILLISECOND, defaults.connectTimeout()))
                .connectMaxAttempts(root.integer("connect_max_attempts", 0, ANY, defaults.connectMaxAttempts()))
                .serversDir(path(root, "servers_dir", defaults.serversDir()))
                .pluginsDir(path(root, "plugins_dir", defaults.pluginsDir()))
                .database(path(root, "database", defaults.database()))
                .workerThreads(root.integer("worker_threads", 0, 1024, defaults.workerThreads()))
                .soReuseport(root.flag("so_reuseport", defaults.soReuseport()))
                .unknownDomainBehavior(root.choice(
                        "unknown_domain_behavior",
                        spellings(UnknownDomain.values(), UnknownDomain::key),
                        Set.of(),
                        defaults.unknownDomainBehavior()))
                .announceProxyCommands(root.flag("announce_proxy_commands", defaults.announceProxyCommands()))
                .statusCache(statusCache(root.table("status_cache")))
                .keepalive(keepalive(root.table("keepalive")))
                .receiveProxyProtocol(receiveProxyProtocol(root))
                .ipFilter(ipFilter(root.table("ip_filter")))
                .rateLimit(rateLimit(root.table("rate_limit")))
                .packetLimits(packetLimits(root.table("packet_limits")))
                .defaultMotd(motds(root.table("default_motd")))
                .events(events(root.table("events")))
                .auth(auth(root.table("auth")))
                .ban(ban(root.table("ban")))
                .permissions(permissions(root.table("permissions")))
                .forwarding(forwarding(root.table("forwarding")))
                .pluginMessaging(pluginMessaging(root.table("plugin_messaging")))
                .activeHealth(BackendKeys.health(root))
                .shutdown(ShutdownSettings.read(root.table("shutdown")))
                .wasm(wasm(root.table("wasm")))
                .plugins(plugins(root.table("plugins")));
        unserved(root);
        return config.build();
    }

    private Path path(Table table, String key, Path whenAbsent) {
        return workingDirectory
                .resolve(table.parsed(key, "a path", ProxyFile::path).orElse(whenAbsent))
                .normalize();
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return Path.of(text); // its InvalidPathException is an IllegalArgumentException
    }

    private static StatusCache statusCache(Table table) {
        StatusCache defaults = StatusCache.defaults();
        return new StatusCache(
                table.duration("ttl", Duration.ZERO, defaults.ttl()),
                table.integer("max_entries", 1, ANY, defaults.maxEntries()));
    }

    private static TcpKeepalive keepalive(Table table) {
        TcpKeepalive defaults = TcpKeepalive.defaults();
        return new TcpKeepalive(
                table.duration("time", SECOND, defaults.time()),
                table.duration("interval", SECOND, defaults.interval()),
                table.integer("retries", 1, 127, defaults.retries()));
    }

    private static ReceiveProxyProtocol receiveProxyProtocol(Table root) {
        Map<String, Presence> words = new LinkedHashMap<>();
        words.put("required", Presence.REQUIRED);
        words.put("optional", Presence.OPTIONAL);
        Presence presence = root.flagOrChoice("receive_proxy_protocol", Presence.OFF, Presence.REQUIRED, words);
        AddressSet trusted = addresses(root, "trusted_proxies");
        if (root.lacksElements("trusted_proxies")) {
            switch (presence) {
                case OPTIONAL ->
                    root.problem(
                            "receive_proxy_protocol",
                            "= \"optional\" needs `trusted_proxies`: without it every client could claim any address");
                case REQUIRED ->
                    root.warning(
                            "receive_proxy_protocol",
                            "is on without `trusted_proxies`: whoever reaches the port can claim any address");
                case OFF -> {}
            }
        } else if (presence == Presence.OFF) {
            root.warning("trusted_proxies", "has no effect as long as `receive_proxy_protocol` is off");
        }
        return new ReceiveProxyProtocol(presence, trusted);
    }

    static IpFilter ipFilter(Table table) {
        return new IpFilter(addresses(table, "whitelist"), addresses(table, "blacklist"));
    }

    private static AddressSet addresses(Table table, String key) {
        return AddressSet.of(table.parsedList(key, "an address or a block like \"10.0.0.0/8\"", Cidr::parse));
    }

    private static RateLimit rateLimit(Table table) {
        RateLimit defaults = RateLimit.defaults();
        return new RateLimit(
                table.flag("enabled", defaults.enabled()),
                table.integer("max_connections", 1, ANY, defaults.maxConnections()),
                table.duration("window", MILLISECOND, defaults.window()),
                table.integer("status_max", 1, ANY, defaults.statusMax()),
                table.duration("status_window", MILLISECOND, defaults.statusWindow()));
    }

    private static PacketLimits packetLimits(Table table) {
        PacketLimits defaults = PacketLimits.defaults();
        return new PacketLimits(
                table.duration("interval", MILLISECOND, defaults.interval()),
                table.integer("packets_per_second", 0, ANY, defaults.packetsPerSecond()),
                table.integer("bytes_per_second", 0, ANY, defaults.bytesPerSecond()));
    }

    /** The texts per state; {@code offline} is the older name of {@code crashed}. */
    static Map<MotdState, Motd> motds(Table table) {
        Map<MotdState, Motd> motds = new EnumMap<>(MotdState.class);
        for (MotdState state : MotdState.values()) {
            if (table.has(state.key())) {
                motds.put(state, motd(table.table(state.key())));
            }
        }
        if (table.has("offline")) {
            Motd older = motd(table.table("offline"));
            if (motds.putIfAbsent(MotdState.CRASHED, older) != null) {
                table.problem("offline", "is the older name of `crashed`, which is given too; keep one of them");
            }
        }
        return motds;
    }

    private static Motd motd(Table table) {
        if (!table.has("text")) {
            table.problem("text", "is missing");
        }
        return new Motd(
                table.text("text").orElse(""),
                table.word("favicon"),
                table.text("version_name"),
                table.integer("max_players", 0, ANY));
    }

    private static AuthSettings auth(Table table) {
        AuthSettings defaults = AuthSettings.defaults();
        table.unserved("offline_uuid", "offline");
        return new AuthSettings(
                table.parsed(
                                "session_url",
                                "an address like \"https://sessionserver.mojang.com\"",
                                AuthSettings::sessionUrl)
                        .orElse(defaults.sessionUrl()),
                table.flag("prevent_proxy_connections", defaults.preventProxyConnections()));
    }

    private ForwardingSettings forwarding(Table table) {
        ForwardingSettings defaults = ForwardingSettings.defaults();
        for (String moved : List.of("bungeecord_channel", "channel_permissions")) {
            if (table.has(moved)) {
                table.warning(moved, "has no effect; [plugin_messaging] is about what servers may ask of the proxy");
            }
        }
        return new ForwardingSettings(
                table.choice("mode", forwardingModes(), Set.of(), defaults.mode()),
                path(table, "secret_file", defaults.secretFile()));
    }

    static Map<String, ForwardingMode> forwardingModes() {
        return spellings(ForwardingMode.values(), ForwardingMode::key);
    }

    private BanSettings ban(Table table) {
        BanSettings defaults = BanSettings.defaults();
        return new BanSettings(
                path(table, "file", defaults.importFile()),
                table.duration("purge_interval", SECOND, defaults.purgeInterval()),
                table.flag("enable_audit_log", defaults.auditLog()),
                table.word("provider").orElse(defaults.provider()),
                table.duration("check_timeout", MILLISECOND, defaults.checkTimeout()));
    }

    private static EventSettings events(Table table) {
        EventSettings defaults = EventSettings.defaults();
        table.unserved("slow_handler_threshold", SECOND);
        table.unserved("disconnect_deadline", Duration.ofSeconds(15));
        return new EventSettings(
                table.duration("handler_timeout", MILLISECOND, defaults.handlerTimeout()),
                table.duration("packet_handler_timeout", MILLISECOND, defaults.packetHandlerTimeout()),
                table.duration("transport_filter_timeout", MILLISECOND, defaults.transportFilterTimeout()));
    }

    private WasmSettings wasm(Table table) {
        WasmSettings defaults = WasmSettings.defaults();
        table.unserved("epoch_tick", MILLISECOND);
        table.unserved("instance_pool", 0);
        table.unserved("cpu_budget", Duration.ofSeconds(3));
        table.unserved("codec_cpu_budget", Duration.ofMillis(5));
        table.unserved("host_call_timeout", Duration.ofSeconds(30));
        Table quarantine = table.table("codec_quarantine");
        quarantine.unserved("faults", 5);
        quarantine.unserved("window", Duration.ofSeconds(10));
        quarantine.unserved("backoff_initial", Duration.ofSeconds(10));
        quarantine.unserved("backoff_max", Duration.ofMinutes(5));
        Table recovery = table.table("recovery");
        recovery.unserved("max_restarts", 5);
        recovery.unserved("window", Duration.ofMinutes(5));
        recovery.unserved("backoff_initial", SECOND);
        recovery.unserved("backoff_max", Duration.ofMinutes(5));
        Table quotas = table.table("quotas");
        quotas.unserved("event_listeners", 1024);
        quotas.unserved("commands", 256);
        quotas.unserved("scheduled_tasks", 1024);
        quotas.unserved("plugin_channels", 128);
        quotas.unserved("codec_filters", 32);
        quotas.unserved("limbo_handlers", 64);
        quotas.unserved("permission_nodes", 256);
        String engine = table.word("engine").orElse(defaults.engine());
        return new WasmSettings(
                engine,
                engineOptions(table.table(engine)),
                path(table, "cache_dir", defaults.cacheDir()),
                table.integer("memory_limit_mb", 1, 4096, defaults.memoryLimitMb()),
                table.duration("max_call_duration", MILLISECOND, defaults.maxCallDuration()),
                table.integer("queue_capacity", 1, 1_048_576, defaults.queueCapacity()));
    }

    /** Switches that only the engine knows, each a word; it refuses others when it is opened. */
    private static Map<String, String> engineOptions(Table table) {
        Map<String, String> options = new HashMap<>();
        for (String name : table.names()) {
            table.word(name).ifPresent(value -> options.put(name, value));
        }
        return options;
    }

    private static Map<String, PluginSettings> plugins(Table table) {
        Map<String, PluginSettings> plugins = new HashMap<>();
        for (String id : table.names()) {
            Table plugin = table.table(id);
            plugin.unserved("path");
            Table wasm = plugin.table("wasm");
            for (String key : wasm.names()) {
                wasm.unserved(key, key.equals("mounts") ? new Object[] {List.of()} : new Object[0]);
            }
            plugins.put(
                    id,
                    new PluginSettings(
                            capabilities(plugin, "permissions", true),
                            capabilities(plugin, "deny", false),
                            plugin.has("enabled") ? Optional.of(plugin.flag("enabled", true)) : Optional.empty(),
                            plugin.flag("strict_capabilities", false),
                            plugin.others()));
        }
        return plugins;
    }

    private static List<String> capabilities(Table plugin, String key, boolean grant) {
        List<String> names = plugin.words(key);
        for (String name : names) {
            Capability.objection(name, grant).ifPresent(text -> plugin.warning(key, text));
        }
        return names;
    }

    private static PermissionSettings permissions(Table table) {
        List<String> open = table.parsedList("player_commands", "a subcommand of /infrarust", word -> {
            if (!PermissionSettings.PLAYER_COMMANDS.contains(word)) {
                throw new IllegalArgumentException(
                        "it is none of " + String.join(", ", PermissionSettings.PLAYER_COMMANDS));
            }
            return word;
        });
        return new PermissionSettings(
                table.words("admins"),
                new LinkedHashSet<>(open),
                table.flag("trust_offline_admins", false),
                table.word("provider").orElse(PermissionSettings.BUILT_IN));
    }

    private static PluginMessagingSettings pluginMessaging(Table table) {
        PluginMessagingSettings defaults = PluginMessagingSettings.defaults();
        Set<BungeeCordCommand> allowed = EnumSet.noneOf(BungeeCordCommand.class);
        Table permissions = table.table("bungeecord_permissions");
        for (BungeeCordCommand command : BungeeCordCommand.values()) {
            if (permissions.flag(command.key(), command.isUsual())) {
                allowed.add(command);
            }
        }
        return new PluginMessagingSettings(table.flag("bungeecord", defaults.bungeecord()), allowed);
    }

    /** What the format has and this version has not. */
    private static void unserved(Table root) {
        root.unserved("docker");
        switchable(root, "telemetry", "enabled", "endpoint", "protocol", "metrics", "traces", "resource");
        switchable(root, "web", "enable_api", "enable_webui", "bind", "api_key", "cors_origins", "rate_limit");
    }

    /** A table that is accepted as long as its switch says false; without the switch, its presence means on. */
    private static void switchable(Table parent, String key, String toggle, String... others) {
        if (parent.has(key)) {
            Table table = parent.table(key);
            table.inert(others);
            if (table.has(toggle)) {
                table.unserved(toggle, false);
            } else {
                parent.problem(key, "is not supported by this version; remove it or set " + toggle + " = false in it");
            }
        }
    }

    /** Every value under its spelling, in order of declaration. */
    static <E> Map<String, E> spellings(E[] values, Function<E, String> spelling) {
        Map<String, E> bySpelling = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> bySpelling.put(spelling.apply(value), value));
        return bySpelling;
    }
}
