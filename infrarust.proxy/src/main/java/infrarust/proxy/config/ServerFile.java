package infrarust.proxy.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of a file of the servers folder, and the rules that its values keep together. */
final class ServerFile {

    private static final Pattern ID = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final int MAX_HOST = 255;

    private ServerFile() {}

    /**
     * Reads every key; what is wrong goes to the document's findings.
     *
     * @param stem the file's name without its ending, the id of last resort
     * @param proxy the proxy's own configuration, for what the server leaves to it
     */
    static ServerConfig read(Document document, String stem, ProxyConfig proxy) {
        Table root = document.root();
        ServerConfig.Builder server = ServerConfig.builder(id(root, document.findings(), stem));
        Optional<String> network = matching(root, "network", NAME);
        network.ifPresent(server::network);
        List<String> domains = root.parsedList("domains", "a host name, * and ? allowed", ServerFile::domain);
        List<Backend> backends = BackendKeys.backends(root);
        ProxyMode mode = mode(root);
        server.domains(domains)
                .backends(backends)
                .balancing(BackendKeys.balancing(root, backends))
                .activeHealth(BackendKeys.health(root, proxy.activeHealth()))
                .proxyMode(mode)
                .domainRewrite(domainRewrite(root))
                .sendProxyProtocol(sendProxyProtocol(root))
                .ipFilter(ProxyFile.ipFilter(root.table("ip_filter")))
                .motd(ProxyFile.motds(root.table("motd")))
                .timeouts(timeouts(root.table("timeouts"), proxy.connectTimeout()))
                .bungeecordChannel(bungeecordChannel(root, mode, proxy))
                .maxPlayers(root.integer("max_players", 0, Integer.MAX_VALUE, 0));
        root.text("disconnect_message").ifPresent(server::disconnectMessage);
        if (!mode.intercepted()) {
            if (root.lacksElements("domains")) {
                root.problem(
                        "domains",
                        "is missing or empty; proxy_mode = \"" + mode.key() + "\" is reached only by a domain");
            }
            if (network.isPresent()) {
                root.problem(
                        "network",
                        "is given, but players of proxy_mode = \"" + mode.key()
                                + "\" cannot switch servers; remove it or use \"offline\"");
            }
        }
        forwarding(root, mode, proxy).ifPresent(server::forwardingMode);
        unserved(root);
        return server.build();
    }

    private static String id(Table root, Findings findings, String stem) {
        Optional<String> name = matching(root, "name", NAME);
        Optional<String> id = matching(root, "id", ID);
        if (root.has("name") || root.has("id")) {
            return name.or(() -> id).orElse(stem);
        }
        if (!ID.matcher(stem).matches()) {
            findings.problem(
                    0,
                    "the file's name gives the server the id \"" + stem + "\", which does not match " + ID.pattern()
                            + "; rename the file or set `id`");
        }
        return stem;
    }

    private static Optional<String> matching(Table root, String key, Pattern pattern) {
        return root.text(key).filter(text -> {
            boolean matches = pattern.matcher(text).matches();
            if (!matches) {
                root.problem(key, "is \"" + text + "\"; expected is " + pattern.pattern());
            }
            return matches;
        });
    }

    private static ProxyMode mode(Table root) {
        Map<String, ProxyMode> served = ProxyFile.spellings(ProxyMode.values(), ProxyMode::key);
        return root.choice("proxy_mode", served, Set.of("full"), ProxyMode.PASSTHROUGH);
    }

    /** A mode that only forwards cannot say who a player is; left alone, that would show only when somebody joins. */
    private static Optional<ForwardingMode> forwarding(Table root, ProxyMode mode, ProxyConfig proxy) {
        ForwardingMode inherited = proxy.forwarding().mode();
        ForwardingMode forwarding =
                root.choice("forwarding_mode", ProxyFile.forwardingModes(), Set.of(), ForwardingMode.NONE);
        boolean own = root.has("forwarding_mode");
        if (!mode.intercepted() && (own ? forwarding : inherited) != ForwardingMode.NONE) {
            root.problem(
                    "forwarding_mode",
                    (own
                                    ? "= \"" + forwarding.key() + "\""
                                    : "is not given, so that [forwarding] mode = \"" + inherited.key()
                                            + "\" holds, and it")
                            + " needs proxy_mode = \"client_only\" or \"offline\", but the mode is \"" + mode.key()
                            + "\"; set forwarding_mode = \"none\" or change the mode");
        }
        return own ? Optional.of(forwarding) : Optional.empty();
    }

    private static boolean bungeecordChannel(Table root, ProxyMode mode, ProxyConfig proxy) {
        boolean wanted = root.flag("bungeecord_channel", false);
        if (wanted && !mode.intercepted()) {
            root.problem(
                    "bungeecord_channel",
                    "needs proxy_mode = \"client_only\" or \"offline\", but the mode is \"" + mode.key()
                            + "\"; remove it or change the mode");
        } else if (wanted && !proxy.pluginMessaging().bungeecord()) {
            root.warning("bungeecord_channel", "has no effect without [plugin_messaging] bungeecord = true");
        }
        return wanted && proxy.pluginMessaging().bungeecord();
    }

    private static String domain(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (text.length() > MAX_HOST) {
            throw new IllegalArgumentException("it is longer than " + MAX_HOST + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == ':' || c == '/')) {
            throw new IllegalArgumentException("it holds a blank, a colon or a slash, which no host name has");
        }
        return text;
    }

    private static DomainRewrite domainRewrite(Table root) {
        if (root.isTable("domain_rewrite")) {
            Table table = root.table("domain_rewrite");
            Optional<String> host = table.parsed("explicit", "a host name", ServerFile::domain);
            if (!table.has("explicit")) {
                table.problem("explicit", "is missing");
            }
            return host.<DomainRewrite>map(DomainRewrite.Explicit::new).orElse(new DomainRewrite.None());
        }
        Map<String, DomainRewrite> words = new LinkedHashMap<>();
        words.put("none", new DomainRewrite.None());
        words.put("from_backend", new DomainRewrite.FromBackend());
        return root.choice("domain_rewrite", words, Set.of(), new DomainRewrite.None());
    }

    private static SendProxyProtocol sendProxyProtocol(Table root) {
        Map<String, SendProxyProtocol> words = new LinkedHashMap<>();
        words.put("v1", SendProxyProtocol.V1);
        words.put("v2", SendProxyProtocol.V2);
        return root.flagOrChoice("send_proxy_protocol", SendProxyProtocol.OFF, SendProxyProtocol.V2, words);
    }

    private static Timeouts timeouts(Table table, Duration connectTimeout) {
        Timeouts defaults = Timeouts.defaults();
        Duration least = Duration.ofMillis(1);
        return new Timeouts(
                table.duration("connect", least, connectTimeout),
                table.duration("read", least, defaults.read()),
                table.duration("write", least, defaults.write()));
    }

    /** What the format has and this version has not. */
    private static void unserved(Table root) {
        root.unserved("server_manager");
        root.unserved("limbo_handlers", List.of());
    }
}
