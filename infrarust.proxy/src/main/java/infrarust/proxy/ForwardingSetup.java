package infrarust.proxy;

import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.live.Follower;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the forwarding of identities ready at the start, and says what it will be. */
final class ForwardingSetup {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardingSetup.class);

    private ForwardingSetup() {}

    /** Whether any server shares a secret with the proxy. */
    static boolean usesSecret(ProxySnapshot snapshot) {
        return snapshot.servers().stream()
                .anyMatch(server -> snapshot.forwarding(server).usesSecret());
    }

    /**
     * Reads the secret, or makes one, where a server needs it.
     *
     * @throws StartException when it can be neither read nor made
     */
    static Forwardings open(ProxySnapshot snapshot) throws StartException {
        Optional<ForwardingSecret> secret = Optional.empty();
        if (usesSecret(snapshot)) {
            try {
                secret = Optional.of(secret(snapshot.config().forwarding().secretFile()));
            } catch (IOException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
        }
        String forwarded = snapshot.servers().stream()
                .filter(server -> snapshot.forwarding(server) != ForwardingMode.NONE)
                .map(server -> described(snapshot, server))
                .collect(Collectors.joining(", "));
        if (!forwarded.isEmpty()) {
            LOG.info("Forwarding of identities: {}", forwarded);
        }
        return new Forwardings(secret, System::nanoTime);
    }

    /** Goes by the secret as it is in the file whenever the configuration is read. */
    static Follower follower(Forwardings forwardings) {
        return (next, diff) -> {
            if (!usesSecret(next)) {
                return () -> {};
            }
            Path path = next.config().forwarding().secretFile();
            try {
                if (forwardings.secret().isPresent() && Files.notExists(path)) {
                    throw new IOException(path + " is gone");
                }
                Optional<ForwardingSecret> read = new SecretFile(path).read();
                if (read.isPresent()
                        && forwardings.secret().filter(read.get()::isSameAs).isPresent()) {
                    return () -> {};
                }
                ForwardingSecret secret = secret(path);
                return () -> forwardings.secret(secret);
            } catch (IOException e) {
                String text = String.valueOf(e.getMessage());
                String reason = text.startsWith(path + " ")
                        ? text.substring(path.toString().length() + 1)
                        : text;
                throw new ConfigException(List.of(new Problem(path.toString(), 0, 0, reason)));
            }
        };
    }

    private static String described(ProxySnapshot snapshot, ServerConfig server) {
        return server.id() + " (" + snapshot.forwarding(server).key() + ")";
    }

    private static ForwardingSecret secret(Path path) throws IOException {
        var file = new SecretFile(path);
        boolean there = !Files.notExists(path);
        ForwardingSecret secret = file.readOrCreate();
        if (there) {
            LOG.info("The forwarding secret in {} has the fingerprint {}", path, secret.fingerprint());
            if (file.isReadableByOthers()) {
                LOG.warn(
                        "Other users of this machine can read {}: whoever has the secret can be any player; chmod 600 it",
                        path);
            }
        } else {
            LOG.warn(
                    "Made a new forwarding secret with the fingerprint {}: copy the content of {} to your servers",
                    secret.fingerprint(),
                    path);
        }
        return secret;
    }
}
