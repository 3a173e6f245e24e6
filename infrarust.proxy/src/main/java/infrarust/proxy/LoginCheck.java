package infrarust.proxy;

import infrarust.api.player.GameProfile;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.login.ForwardingFault;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.IdentityForwarding;
import infrarust.proxy.login.LoginProbe;
import infrarust.proxy.login.LoginProbe.Login;
import infrarust.proxy.login.LoginProbe.Outcome;
import infrarust.proxy.login.VelocityForwarding;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.protocol.text.TextDialect;
import infrarust.proxy.routing.Wildcard;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What {@link ServerCheck} finds out at one address of a server. */
final class LoginCheck {

    /** Who knocks. The UUID is not that of the name, so that it shows whether the server takes it over. */
    private static final GameProfile PLAYER = new GameProfile(
            UUID.nameUUIDFromBytes("infrarust check".getBytes(StandardCharsets.UTF_8)), "Infrarust_Check", List.of());

    private static final int MAX_SHOWN = 200;

    /** Turns a name into its addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A way to the server that takes connections, and what the server said about itself on it. */
    private record Reached(LoginProbe probe, Optional<LoginProbe.Version> version) {}

    private final PacketTable packets;
    private final ServerConfig server;
    private final IdentityForwarding forwarding;
    private final Lookup lookup;
    private final PrintStream out;

    LoginCheck(
            PacketTable packets, ServerConfig server, IdentityForwarding forwarding, Lookup lookup, PrintStream out) {
        this.packets = packets;
        this.server = server;
        this.forwarding = forwarding;
        this.lookup = lookup;
        this.out = out;
    }

    /** Prints and answers the exit code. */
    int run(Address address) {
        line("address", address.toString());
        InetAddress[] found;
        try {
            found = lookup.addresses(address.host());
        } catch (UnknownHostException e) {
            return problem(
                    Infrarust.UNREACHABLE,
                    "the name " + address.host() + " has no address here",
                    "write the address of the server, or mend the name service of this machine");
        }
        Optional<ProxyHeader.Version> header = Backends.headerVersion(server);
        header.ifPresent(
                version -> detail("header", "PROXY protocol " + version.name().toLowerCase(Locale.ROOT)));
        try {
            Reached reached = reach(found, header, address);
            Optional<LoginProbe.Version> version = reached.version();
            ProtocolVersion protocol = protocol(version);
            if (!server.proxyMode().intercepted()) {
                if (version.isEmpty()) {
                    note("it takes connections and answers no ping, so nothing shows that it is a Minecraft server; "
                            + headerRemedy());
                }
                detail("login", "not tried: in this mode players log in at the server itself");
                return Infrarust.DONE;
            }
            if (!forwarding.isPossible(packets.ids(protocol.number()))) {
                return problem(
                        Infrarust.NOT_ACCEPTED,
                        "Velocity forwarding needs Minecraft 1.13, and the server has " + protocol,
                        "set forwarding_mode = \"bungee_guard\" or \"bungee_cord\" for it");
            }
            return judge(reached.probe(), handshake(protocol, address), version.isPresent());
        } catch (IOException e) {
            return problem(
                    Infrarust.UNREACHABLE,
                    "there is no connection: " + e.getMessage(),
                    "start the server, or correct its address in the file of the server");
        }
    }

    /** The first address that takes a connection: the proxy does not give up at one that does not, either. */
    private Reached reach(InetAddress[] found, Optional<ProxyHeader.Version> header, Address address)
            throws IOException {
        String host = handshake(packets.newest(), address).host();
        List<String> failures = new ArrayList<>();
        for (InetAddress candidate : found) {
            var end = new InetSocketAddress(candidate, address.port());
            var probe = new LoginProbe(packets, end, header, server.timeouts().connect());
            try {
                Optional<LoginProbe.Version> version = probe.version(host);
                if (found.length > 1) {
                    detail(
                            "at",
                            candidate.getHostAddress() + ", the first of " + found.length
                                    + " addresses that takes connections");
                }
                return new Reached(probe, version);
            } catch (IOException e) {
                failures.add((found.length > 1 ? candidate.getHostAddress() + ": " : "") + e.getMessage());
            }
        }
        throw new IOException(String.join("; ", failures));
    }

    private ProtocolVersion protocol(Optional<LoginProbe.Version> version) {
        String tried = server.proxyMode().intercepted() ? "; the login is tried with " + packets.newest() : "";
        if (version.isEmpty()) {
            detail("status", "none" + tried);
            return packets.newest();
        }
        int number = version.get().protocol();
        String said = quoted(version.get().name()) + ", protocol " + number;
        if (packets.isKnown(number)) {
            detail("status", said);
            return packets.version(number);
        }
        detail("status", said + ", which is not known here" + tried);
        return packets.newest();
    }

    /** A name that leads to the server, as a client would send it. */
    private String dialedHost() {
        return server.domains().stream()
                .filter(domain -> !Wildcard.isWildcard(domain))
                .findFirst()
                .orElse("localhost");
    }

    private Handshake handshake(ProtocolVersion protocol, Address address) {
        return ClientConnection.rewritten(
                new Handshake(protocol.number(), dialedHost(), address.port(), Handshake.LOGIN), server);
    }

    /**
     * @param answersPings whether the status came: it takes the same kind of connection, so a PROXY header that one side
     *     misses cannot be what a login fails at
     */
    private int judge(LoginProbe probe, Handshake handshake, boolean answersPings) throws IOException {
        Login login = probe.login(handshake, forwarding, PLAYER);
        detail("asked", asked(login));
        detail("told", told(login));
        return switch (login.outcome()) {
            case Outcome.Accepted(UUID uuid) -> accepted(probe, handshake, login, uuid);
            case Outcome.Refused(String reason) -> {
                detail("answer", "refuses: " + quotedJson(reason));
                yield refused(login, reason);
            }
            case Outcome.OnlineMode() -> {
                detail("answer", "wants to encrypt");
                yield problem(ForwardingFault.ONLINE_MODE);
            }
            case Outcome.Closed(boolean silent) -> {
                detail("answer", "closes the connection");
                yield silent && forwarding.inHandshake() && answersPings
                        ? problem(ForwardingFault.HANDSHAKE_UNREADABLE)
                        : problem(
                                Infrarust.NOT_ACCEPTED,
                                "the server closes the connection without a reason",
                                silent
                                        ? silenceRemedy()
                                        : "look into its log; something before it may do so when it is down");
            }
            case Outcome.TooSlow() -> {
                detail("answer", "none in time");
                yield problem(
                        Infrarust.UNREACHABLE,
                        "the server is too slow, or is no Minecraft server",
                        "look into its log, and whether the address is right");
            }
            case Outcome.Malformed(String why) -> {
                detail("answer", quoted(why));
                yield problem(
                        Infrarust.UNREACHABLE, "that is no Minecraft server", "correct the address of the server");
            }
        };
    }

    private static String asked(Login login) {
        String identity = login.asked().isPresent()
                ? "for Velocity forwarding, versions up to " + login.asked().getAsInt()
                : "nothing about the player";
        return login.channels().isEmpty()
                ? identity
                : identity + "; and on " + quoted(String.join(", ", login.channels()))
                        + ", which is for the mods of a client";
    }

    private String told(Login login) {
        String who = PLAYER.username() + " " + PLAYER.uuid();
        return switch (forwarding.mode()) {
            case NONE -> "only the name " + PLAYER.username();
            case BUNGEE_CORD -> who + ", in the handshake";
            case BUNGEE_GUARD -> who + ", in the handshake, with the secret as token";
            case VELOCITY ->
                login.asked().isPresent()
                        ? who + ", signed, version "
                                + VelocityForwarding.version(login.asked().getAsInt())
                        : "only the name " + PLAYER.username();
        };
    }

    private int accepted(LoginProbe probe, Handshake handshake, Login login, UUID uuid) throws IOException {
        boolean asForwarded = uuid.equals(PLAYER.uuid());
        detail("answer", asForwarded ? "lets the player in, as told" : "lets the player in as " + uuid);
        Optional<ForwardingFault> fault = forwarding.accepted(login.asked().isPresent(), PLAYER, () -> uuid);
        if (fault.isPresent()) {
            return problem(fault.get());
        }
        if (forwarding.mode() == ForwardingMode.NONE) {
            if (server.proxyMode() == ProxyMode.CLIENT_ONLY) {
                note("the server makes a profile of the name, so verified UUIDs and skins do not reach it;"
                        + " forwarding_mode tells it");
            }
            note("whoever can reach this address may join under any name; let only the proxy reach it");
            return Infrarust.DONE;
        }
        if (!asForwarded) {
            note("the UUID is neither the forwarded one nor that of the name: something at the server gives its own");
        }
        return withAnotherSecret(probe, handshake);
    }

    /** Whether the server looks at the secret at all shows only when it is wrong. */
    private int withAnotherSecret(LoginProbe probe, Handshake handshake) throws IOException {
        if (!forwarding.mode().usesSecret()) {
            note("nothing is signed: whoever can reach this address may be any player; let only the proxy reach it,"
                    + " or use bungee_guard or velocity");
            return Infrarust.DONE;
        }
        IdentityForwarding forged = IdentityForwarding.of(forwarding.mode(), Optional.of(ForwardingSecret.random()));
        switch (probe.login(handshake, forged, PLAYER).outcome()) {
            case Outcome.Accepted(UUID ignored) -> {
                detail("forged", "accepted");
                return problem(
                        Infrarust.NOT_ACCEPTED,
                        "the server lets players in who come with another secret: it does not look at it",
                        forwarding.mode() == ForwardingMode.BUNGEE_GUARD
                                ? "install BungeeGuard there, with the proxy's secret in allowed-tokens of its config.yml"
                                : "let the server check the signature");
            }
            case Outcome.Refused(String reason)
            when ForwardingFault.ofRefusal(reason, forwarding.mode())
                    .equals(Optional.of(ForwardingFault.SECRET_REFUSED)) ->
                detail("forged", "refused, as it should be: another secret is not accepted");
            case Outcome.Refused(String reason) ->
                detail("forged", "refused, for whatever reason: " + quotedJson(reason));
            default -> detail("forged", "not accepted");
        }
        return Infrarust.DONE;
    }

    private int refused(Login login, String reason) {
        if (login.asked().isPresent() && !forwarding.mustBeAsked()) {
            return problem(ForwardingFault.VELOCITY_NOT_SET);
        }
        Optional<ForwardingFault> fault = ForwardingFault.ofRefusal(reason, forwarding.mode());
        return fault.isPresent()
                ? problem(fault.get())
                : problem(
                        Infrarust.NOT_ACCEPTED,
                        "the server does not let " + PLAYER.username() + " in, which need not be about forwarding",
                        "see what it answered: a white list, a ban and a full server are its own business");
    }

    private String headerRemedy() {
        return Backends.headerVersion(server).isPresent()
                ? "let it expect a PROXY header (proxy-protocol, haproxy-protocol or the like in its settings), or turn"
                        + " send_proxy_protocol off"
                : "look into its log; where it expects a PROXY header, set send_proxy_protocol = true; something before"
                        + " it, such as a tunnel, may do so when it is down";
    }

    /** With the status off as well, either the header or the identity may be what the server cannot read. */
    private String silenceRemedy() {
        return forwarding.inHandshake()
                ? headerRemedy() + "; or " + ForwardingFault.HANDSHAKE_UNREADABLE.remedy()
                : headerRemedy();
    }

    private int problem(ForwardingFault fault) {
        return problem(Infrarust.NOT_ACCEPTED, "the server " + fault.cause(), fault.remedy());
    }

    private int problem(int exitCode, String cause, String remedy) {
        line("problem", cause);
        line("to do", remedy);
        return exitCode;
    }

    private void note(String text) {
        line("note", text);
    }

    private void line(String name, String value) {
        out.printf("%-8s %s%n", name, value);
    }

    private void detail(String name, String value) {
        out.printf("  %-6s %s%n", name, value);
    }

    /** What a server said, for the terminal: without codes that a terminal could obey, and not endless. */
    private static String quoted(String text) {
        String plain = text.replaceAll("\u00a7.", "")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")
                .strip();
        return "\"" + (plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN) + "...") + "\"";
    }

    private static String quotedJson(String json) {
        try {
            return quoted(
                    PlainText.plain(TextDialect.at(ProtocolVersion.V1_20_3).parseJson(json)));
        } catch (IllegalArgumentException e) {
            return quoted(json); // older servers may send plain text; it is shown all the same
        }
    }
}
