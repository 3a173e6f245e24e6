package infrarust.proxy.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One server behind the proxy: a file of the servers folder. Immutable.
 *
 * @param id the effective id: the key {@code name} if given, else {@code id}, else the file's name without its ending
 * @param network the group inside which players may switch
 * @param domains exact names and wildcards, as written
 * @param backends where the server listens; empty only for a server that leads into limbo
 * @param balancing how players are spread over these addresses
 * @param activeHealth how the proxy looks whether they are well
 * @param proxyMode how much of the protocol the proxy terminates
 * @param forwardingMode how the backend is told who a player is; empty: as the proxy's configuration says
 * @param domainRewrite which host name the backend sees
 * @param sendProxyProtocol whether the server is told whose connection it is
 * @param ipFilter which of the addresses that the proxy lets in may reach this server
 * @param motd texts per state; a state that is missing has the proxy's default
 * @param timeouts how long the backend may take
 * @param maxPlayers the number shown to pingers, 0 for the backend's own
 * @param disconnectMessage what a player reads when the backend cannot be reached or is lost, as written; see {@link
 *     #disconnectMessage(String)}
 * @param bungeecordChannel whether what the server says on the BungeeCord channel is for the proxy
 * @param limboHandlers ids of the handlers that run when a player is held, in order
 */
public record ServerConfig(
        String id,
        Optional<String> network,
        List<String> domains,
        List<Backend> backends,
        Balancing balancing,
        ActiveHealth activeHealth,
        ProxyMode proxyMode,
        Optional<ForwardingMode> forwardingMode,
        DomainRewrite domainRewrite,
        SendProxyProtocol sendProxyProtocol,
        IpFilter ipFilter,
        Map<MotdState, Motd> motd,
        Timeouts timeouts,
        int maxPlayers,
        String disconnectMessage,
        boolean bungeecordChannel,
        List<String> limboHandlers) {

    /** The id of the server that exists when there is no configuration: it has no address and leads into limbo. */
    public static final String LIMBO_ID = "$limbo";

    /** What a player reads when the backend cannot be reached and the server's file says nothing else. */
    public static final String DEFAULT_DISCONNECT_MESSAGE = "Server is currently unreachable. Please try again later.";

    public ServerConfig {
        domains = List.copyOf(domains);
        backends = List.copyOf(backends);
        motd = Map.copyOf(motd);
        limboHandlers = List.copyOf(limboHandlers);
    }

    /** A server without domains and addresses, in passthrough mode, to be filled. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** The catch-all of the embedded default: every host leads into limbo, in offline mode. */
    public static ServerConfig limbo() {
        return builder(LIMBO_ID).domains("*").proxyMode(ProxyMode.OFFLINE).build();
    }

    /** Whether there is no backend, so that players stay in limbo. */
    public boolean leadsIntoLimbo() {
        return backends.isEmpty();
    }

    /**
     * The {@code disconnect_message} for one player: {@code {server}} is replaced by the server's id, {@code {player}} and
     * {@code {username}} by the player's name. In the forwarding modes that is the name which the client has said, nothing when
     * it has not said one yet.
     *
     * @param player the player's name; empty when it is not known
     */
    public String disconnectMessage(String player) {
        return disconnectMessage.indexOf('{') < 0
                ? disconnectMessage
                : disconnectMessage
                        .replace("{server}", id)
                        .replace("{player}", player)
                        .replace("{username}", player);
    }

    /** Where the server listens, in the order of the file. */
    public List<Address> addresses() {
        return backends.stream().map(Backend::address).toList();
    }

    /** Collects the values of a {@link ServerConfig}; for one thread. */
    public static final class Builder {
        private final String id;
        private Optional<String> network = Optional.empty();
        private List<String> domains = List.of();
        private List<Backend> backends = List.of();
        private Balancing balancing = Balancing.defaults();
        private ActiveHealth activeHealth = ActiveHealth.defaults();
        private ProxyMode proxyMode = ProxyMode.PASSTHROUGH;
        private Optional<ForwardingMode> forwardingMode = Optional.empty();
        private DomainRewrite domainRewrite = new DomainRewrite.None();
        private SendProxyProtocol sendProxyProtocol = SendProxyProtocol.OFF;
        private IpFilter ipFilter = IpFilter.none();
        private Map<MotdState, Motd> motd = Map.of();
        private Timeouts timeouts = Timeouts.defaults();
        private int maxPlayers;
        private String disconnectMessage = DEFAULT_DISCONNECT_MESSAGE;
        private boolean bungeecordChannel;
        private List<String> limboHandlers = List.of();

        private Builder(String id) {
            this.id = id;
        }

        /** Sets {@link ServerConfig#network}. */
        public Builder network(String value) {
            network = Optional.of(value);
            return this;
        }

        /** Sets {@link ServerConfig#domains}. */
        public Builder domains(String... values) {
            return domains(List.of(values));
        }

        /** Sets {@link ServerConfig#domains}. */
        public Builder domains(List<String> values) {
            domains = values;
            return this;
        }

        /** Sets {@link ServerConfig#backends} from {@code host[:port]} texts, each with the weight 1. */
        public Builder addresses(String... values) {
            return backends(List.of(values).stream()
                    .map(Address::parse)
                    .map(Backend::of)
                    .toList());
        }

        /** Sets {@link ServerConfig#backends}. */
        public Builder backends(List<Backend> values) {
            backends = values;
            return this;
        }

        /** Sets {@link ServerConfig#balancing}. */
        public Builder balancing(Balancing value) {
            balancing = value;
            return this;
        }

        /** Sets {@link ServerConfig#activeHealth}. */
        public Builder activeHealth(ActiveHealth value) {
            activeHealth = value;
            return this;
        }

        /** Sets {@link ServerConfig#proxyMode}. */
        public Builder proxyMode(ProxyMode value) {
            proxyMode = value;
            return this;
        }

        /** Sets {@link ServerConfig#forwardingMode}. */
        public Builder forwardingMode(ForwardingMode value) {
            forwardingMode = Optional.of(value);
            return this;
        }

        /** Sets {@link ServerConfig#domainRewrite}. */
        public Builder domainRewrite(DomainRewrite value) {
            domainRewrite = value;
            return this;
        }

        /** Sets {@link ServerConfig#sendProxyProtocol}. */
        public Builder sendProxyProtocol(SendProxyProtocol value) {
            sendProxyProtocol = value;
            return this;
        }

        /** Sets {@link ServerConfig#ipFilter}. */
        public Builder ipFilter(IpFilter value) {
            ipFilter = value;
            return this;
        }

        /** Sets {@link ServerConfig#motd}. */
        public Builder motd(Map<MotdState, Motd> values) {
            motd = values;
            return this;
        }

        /** Sets {@link ServerConfig#timeouts}. */
        public Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        /** Sets {@link ServerConfig#maxPlayers}. */
        public Builder maxPlayers(int value) {
            maxPlayers = value;
            return this;
        }

        /** Sets {@link ServerConfig#disconnectMessage}. */
        public Builder disconnectMessage(String value) {
            disconnectMessage = value;
            return this;
        }

        /** Sets {@link ServerConfig#bungeecordChannel}. */
        public Builder bungeecordChannel(boolean value) {
            bungeecordChannel = value;
            return this;
        }

        /** Sets {@link ServerConfig#limboHandlers}. */
        public Builder limboHandlers(List<String> values) {
            limboHandlers = values;
            return this;
        }

        /** The server with all values set so far. */
        public ServerConfig build() {
            return new ServerConfig(
                    id,
                    network,
                    domains,
                    backends,
                    balancing,
                    activeHealth,
                    proxyMode,
                    forwardingMode,
                    domainRewrite,
                    sendProxyProtocol,
                    ipFilter,
                    motd,
                    timeouts,
                    maxPlayers,
                    disconnectMessage,
                    bungeecordChannel,
                    limboHandlers);
        }
    }
}
