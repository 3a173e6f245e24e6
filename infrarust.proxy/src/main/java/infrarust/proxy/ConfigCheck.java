package infrarust.proxy;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Backend;
import infrarust.proxy.config.Balance;
import infrarust.proxy.config.Balancing;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.config.DurationText;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.login.ForwardingSecret;
import infrarust.proxy.login.SecretFile;
import infrarust.proxy.routing.DomainRouter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code infrarust check}: what the configuration means to the proxy, or everything that is wrong with it. */
final class ConfigCheck {

    private final Path workingDirectory;
    private final PrintStream out;

    ConfigCheck(Path workingDirectory, PrintStream out) {
        this.workingDirectory = workingDirectory;
        this.out = out;
    }

    /** Prints and answers the exit code. */
    int run(ConfigLoader.Request request) {
        ConfigLoader.Loaded loaded;
        try {
            loaded = new ConfigLoader(workingDirectory).load(request);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> out.println("error: " + problem));
            out.println(count(e.problems().size(), "problem") + " found");
            return Infrarust.REFUSED;
        }
        ProxySnapshot snapshot = loaded.snapshot();
        ProxyConfig config = snapshot.config();
        List<String> warnings = new ArrayList<>(
                loaded.warnings().stream().map(Problem::toString).toList());
        warnings.addAll(DomainRouter.of(snapshot).warnings());
        line("config", loaded.file().map(this::shown).orElse("none; the embedded default"));
        line("bind", config.bind().toString());
        line("servers", shown(config.serversDir()));
        snapshot.servers().forEach(server -> server(server, snapshot.forwarding(server)));
        if (snapshot.servers().isEmpty()) {
            warnings.add("no server is configured: " + shown(config.serversDir())
                    + " holds no .toml file, so nobody can play");
        }
        if (ForwardingSetup.usesSecret(snapshot)) {
            secret(config.forwarding().secretFile(), warnings);
        }
        line("plugins", shown(config.pluginsDir()));
        plugins(config.pluginsDir(), warnings);
        warnings.forEach(warning -> out.println("warning: " + warning));
        out.println("the configuration is good" + (warnings.isEmpty() ? "" : ", " + count(warnings.size(), "warning")));
        return Infrarust.DONE;
    }

    private void secret(Path file, List<String> warnings) {
        try {
            Optional<ForwardingSecret> secret = new SecretFile(file).read();
            line(
                    "secret",
                    shown(file)
                            + secret.map(there -> ", fingerprint " + there.fingerprint())
                                    .orElse(""));
            if (secret.isEmpty()) {
                warnings.add(shown(file) + ": is not there; the proxy makes one with a new secret when it starts");
            }
        } catch (IOException e) {
            warnings.add(String.valueOf(e.getMessage()));
        }
    }

    private void server(ServerConfig server, ForwardingMode forwarding) {
        String addresses = server.leadsIntoLimbo()
                ? "limbo"
                : server.backends().stream().map(Backend::toString).collect(Collectors.joining(", "));
        String domains = server.domains().isEmpty() ? "(no domain)" : String.join(", ", server.domains());
        out.printf(
                "  %-18s %-12s %s -> %s%s%n",
                server.id(),
                server.proxyMode().key(),
                domains,
                addresses,
                forwarding == ForwardingMode.NONE ? "" : " (forwarding_mode " + forwarding.key() + ")");
        if (server.backends().size() > 1) {
            out.printf("  %-18s %-12s %s; %s%n", "", "", balanced(server.balancing()), watched(server.activeHealth()));
        }
    }

    private static String balanced(Balancing balancing) {
        String slowStart = balancing
                .slowStart()
                .filter(time -> balancing.balance() != Balance.FIRST_AVAILABLE)
                .map(time -> ", slow_start " + DurationText.format(time))
                .orElse("");
        return "balance " + balancing.balance().key() + slowStart;
    }

    private static String watched(ActiveHealth health) {
        if (!health.enabled()) {
            return "left out after failures, tried again by players";
        }
        return "left out after failures, looked at (" + health.kind().key() + ") every "
                + DurationText.format(health.unhealthyInterval())
                + (health.probeHealthy() ? ", healthy ones every " + DurationText.format(health.interval()) : "");
    }

    private void plugins(Path folder, List<String> warnings) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".wasm") || (name.endsWith(".jar") && !name.startsWith("."))) {
                    out.printf("  %-18s %d KiB%n", name, (Files.size(file) + 1023) / 1024);
                }
            }
        } catch (IOException e) {
            warnings.add(shown(folder) + ": cannot be listed: " + e.getMessage());
        }
    }

    private void line(String name, String value) {
        out.printf("%-8s %s%n", name, value);
    }

    private String shown(Path path) {
        return path.startsWith(workingDirectory) && !workingDirectory.toString().isEmpty()
                ? workingDirectory.relativize(path).toString()
                : path.toString();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
