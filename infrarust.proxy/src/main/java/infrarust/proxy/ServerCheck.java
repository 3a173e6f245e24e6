package infrarust.proxy;

import infrarust.proxy.config.Address;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.NearestName;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.IdentityForwarding;
import infrarust.proxy.login.SecretFile;
import infrarust.proxy.protocol.PacketTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code infrarust check SERVER}: logs in at a server as the proxy would for a player, and says what was asked, what was
 * answered, and what has to be changed where for players to arrive as who they are.
 */
final class ServerCheck {

    private final Path workingDirectory;
    private final PrintStream out;
    private final LoginCheck.Lookup lookup;

    ServerCheck(Path workingDirectory, PrintStream out) {
        this(workingDirectory, out, InetAddress::getAllByName);
    }

    /** With other names than this machine knows, for tests. */
    ServerCheck(Path workingDirectory, PrintStream out, LoginCheck.Lookup lookup) {
        this.workingDirectory = workingDirectory;
        this.out = out;
        this.lookup = lookup;
    }

    /** Prints and answers the exit code. */
    int run(ConfigLoader.Request request, String id) {
        ProxySnapshot snapshot;
        try {
            snapshot = new ConfigLoader(workingDirectory).load(request).snapshot();
        } catch (ConfigException e) {
            e.problems().forEach(problem -> out.println("error: " + problem));
            return Infrarust.REFUSED;
        }
        Optional<ServerConfig> server = snapshot.server(id);
        if (server.isPresent()) {
            return run(snapshot, server.get());
        }
        List<String> ids = snapshot.servers().stream().map(ServerConfig::id).toList();
        out.println("error: there is no server \"" + id + "\""
                + NearestName.of(id, ids)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(ids.isEmpty() ? "" : "; there are " + String.join(", ", ids)));
        return Infrarust.WRONG_USE;
    }

    private int run(ProxySnapshot snapshot, ServerConfig server) {
        ForwardingMode mode = snapshot.forwarding(server);
        line("server", server.id() + " (" + server.proxyMode().key() + ", forwarding_mode " + mode.key() + ")");
        if (server.leadsIntoLimbo()) {
            line("address", "none: players stay in the lobby of the proxy");
            return Infrarust.DONE;
        }
        Optional<ForwardingSecret> secret = Optional.empty();
        if (mode.usesSecret()) {
            Path file = snapshot.config().forwarding().secretFile();
            try {
                secret = new SecretFile(file).read();
            } catch (IOException e) {
                out.println("error: " + e.getMessage());
                return Infrarust.REFUSED;
            }
            if (secret.isEmpty()) {
                out.println("error: " + file + " is not there; put the secret of your servers in it, or start the proxy"
                        + " once to get a new one");
                return Infrarust.REFUSED;
            }
            line("secret", file + ", fingerprint " + secret.get().fingerprint());
        }
        var check = new LoginCheck(PacketTable.load(), server, IdentityForwarding.of(mode, secret), lookup, out);
        int worst = Infrarust.DONE;
        for (Address address : server.addresses()) {
            worst = Math.max(worst, check.run(address));
        }
        if (worst == Infrarust.DONE) {
            // Where bytes are only relayed no login was tried, so nothing is known about joining.
            out.println(server.proxyMode().intercepted() ? "players can join" : "the server can be reached");
        }
        return worst;
    }

    private void line(String name, String value) {
        out.printf("%-8s %s%n", name, value);
    }
}
