package infrarust.proxy.status;

import infrarust.proxy.config.Motd;
import infrarust.proxy.config.MotdState;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Every message of the day that one configuration asks for, ready to be sent. Made once per configuration, off the event
 * loops, since favicons are read from files. Immutable; any thread.
 */
public final class Motds {

    /** Shown beside the version when nothing else is configured. */
    static final String VERSION_NAME = "Infrarust";
    /** What a pinger reads whose host no server claims. */
    static final String DEFAULT_TEXT = "An Infrarust Proxy";
    /** Slots shown by a proxy that answers for itself, when nothing is configured. */
    static final int DEFAULT_MAX_PLAYERS = 100;

    private final OwnAnswer unknownDomain;
    private final Map<String, Messages> byServer;

    /** The messages of one server. */
    private record Messages(Map<MotdState, OwnAnswer> own, Optional<LiveOverride> live) {}

    private Motds(OwnAnswer unknownDomain, Map<String, Messages> byServer) {
        this.unknownDomain = unknownDomain;
        this.byServer = byServer;
    }

    /**
     * Prepares all messages. Blocks on files.
     *
     * @param snapshot the configuration
     * @param folder what relative paths of favicons are relative to
     * @param online how many players are on the proxy; shown where the proxy answers for itself, any thread asks
     * @param problem hears of each favicon that cannot be shown, in a sentence for the operator; that message then has none
     */
    public static Motds read(ProxySnapshot snapshot, Path folder, IntSupplier online, Consumer<String> problem) {
        var reading = new Reading(snapshot.config(), folder, online, problem);
        Map<String, Messages> byServer = new HashMap<>();
        for (ServerConfig server : snapshot.servers()) {
            byServer.put(server.id(), reading.messages(server));
        }
        return new Motds(reading.unknownDomain(), byServer);
    }

    /** For hosts that no server claims, and for pings that name none. */
    OwnAnswer unknownDomain() {
        return unknownDomain;
    }

    /** What the proxy says for a server that is in that state and does not answer itself. */
    OwnAnswer own(ServerConfig server, MotdState state) {
        Messages messages = byServer.get(server.id());
        OwnAnswer answer = messages == null ? null : messages.own.get(state);
        // A server that is newer than these messages is shown like an unknown one until the next ping.
        return answer == null ? unknownDomain : answer;
    }

    /** What is put in place in a live answer of that server. */
    Optional<LiveOverride> live(ServerConfig server) {
        Messages messages = byServer.get(server.id());
        return messages == null ? Optional.empty() : messages.live;
    }

    /** What is shown in a state for which nothing is configured. */
    static String defaultText(MotdState state) {
        return switch (state) {
            case ONLINE -> DEFAULT_TEXT;
            case SLEEPING -> "§7Server sleeping — §aConnect to wake up!";
            case STARTING -> "§eServer is starting...";
            case STOPPING -> "§6Server is stopping...";
            case CRASHED -> "§cServer unavailable";
            case UNREACHABLE -> "§cServer unreachable";
        };
    }

    private record Reading(ProxyConfig config, Path folder, IntSupplier online, Consumer<String> problem) {

        OwnAnswer unknownDomain() {
            Motd motd = config.defaultMotd().getOrDefault(MotdState.ONLINE, Motd.of(DEFAULT_TEXT));
            return answer(motd, "default_motd.online", motd.maxPlayers().orElse(DEFAULT_MAX_PLAYERS), online);
        }

        Messages messages(ServerConfig server) {
            Map<MotdState, OwnAnswer> own = new EnumMap<>(MotdState.class);
            for (MotdState state : MotdState.values()) {
                own.put(state, own(server, state));
            }
            return new Messages(own, live(server));
        }

        private OwnAnswer own(ServerConfig server, MotdState state) {
            Motd motd = server.motd().get(state);
            String where = "server " + server.id() + ", motd." + state.key();
            if (motd == null) {
                motd = config.defaultMotd().getOrDefault(state, Motd.of(defaultText(state)));
                where = "default_motd." + state.key();
            }
            // Nobody is on a server that is away; on one that is, the proxy itself is the server.
            boolean present = state == MotdState.ONLINE;
            int max = motd.maxPlayers()
                    .orElse(server.maxPlayers() > 0 ? server.maxPlayers() : present ? DEFAULT_MAX_PLAYERS : 0);
            return answer(motd, where, max, present ? online : () -> 0);
        }

        private OwnAnswer answer(Motd motd, String where, int max, IntSupplier players) {
            return new OwnAnswer(
                    motd.versionName().orElse(VERSION_NAME), motd.text(), favicon(motd, where), max, players);
        }

        /** Only the server's own message overrides a live answer: the default is for servers that have no voice. */
        private Optional<LiveOverride> live(ServerConfig server) {
            Optional<Motd> motd = Optional.ofNullable(server.motd().get(MotdState.ONLINE));
            OptionalInt max = motd.map(Motd::maxPlayers)
                    .filter(OptionalInt::isPresent)
                    .orElse(server.maxPlayers() > 0 ? OptionalInt.of(server.maxPlayers()) : OptionalInt.empty());
            if (motd.isEmpty() && max.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> favicon =
                    motd.flatMap(message -> favicon(message, "server " + server.id() + ", motd.online"));
            return Optional.of(new LiveOverride(motd, favicon, max));
        }

        private Optional<String> favicon(Motd motd, String where) {
            if (motd.favicon().isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Favicon.dataUri(motd.favicon().get(), folder));
            } catch (IllegalArgumentException unusable) {
                problem.accept(where + ".favicon: " + unusable.getMessage());
                return Optional.empty();
            }
        }
    }
}
