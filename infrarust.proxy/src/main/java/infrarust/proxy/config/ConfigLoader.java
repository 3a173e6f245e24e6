package infrarust.proxy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code infrarust.toml} and the files of the servers folder. Writes nothing, ever. May be used by any thread; a
 * reload simply loads again.
 */
public final class ConfigLoader {

    /** The file that is read when the command line names none. */
    public static final String DEFAULT_FILE = "infrarust.toml";

    private static final String ENDING = ".toml";

    private final Path workingDirectory;

    /** Paths in the file and on the command line start from this folder; empty for the process's own. */
    public ConfigLoader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /**
     * What the command line says beside the file; it wins over the file.
     *
     * @param file the file to read; empty for {@link #DEFAULT_FILE}, which need not exist
     * @param bind where to listen
     * @param serversDir folder of the server files
     * @param pluginsDir folder of the plugins
     */
    public record Request(
            Optional<Path> file, Optional<Address> bind, Optional<Path> serversDir, Optional<Path> pluginsDir) {

        /** The default file, as it is. */
        public static Request defaults() {
            return new Request(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * A configuration that can be used.
     *
     * @param snapshot proxy and servers
     * @param request what was asked for
     * @param file the file that was read; empty when there is none, so that the embedded defaults hold
     * @param text what is in that file; empty without one
     * @param sources where each server comes from
     * @param restart the keys of the file that hold only from the next start on; none unless it was read again
     * @param warnings what the operator should know all the same
     */
    public record Loaded(
            ProxySnapshot snapshot,
            Request request,
            Optional<Path> file,
            String text,
            List<ServerSource> sources,
            List<String> restart,
            List<Problem> warnings) {

        public Loaded {
            sources = List.copyOf(sources);
            restart = List.copyOf(restart);
            warnings = List.copyOf(warnings);
        }

        /** Without the text, which may hold secrets. */
        @Override
        public String toString() {
            return file.map(Path::toString).orElse("no file") + " with " + sources;
        }
    }

    /**
     * Reads everything. Without a configuration file and without server files, every host leads into limbo.
     *
     * @throws ConfigException with every problem of every file
     */
    public Loaded load(Request request) {
        return load(request, Optional.empty());
    }

    /**
     * Reads everything again for a proxy that runs: what cannot change while it does stays as it was. A file or a folder that
     * was there and is gone is a problem, since nobody takes away a configuration that way; a server's file may go.
     *
     * @param running what was read before
     * @throws ConfigException as {@link #load}
     */
    public Loaded reload(Loaded running) {
        return load(running.request(), Optional.of(running));
    }

    private Loaded load(Request request, Optional<Loaded> running) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        Optional<Path> file = file(request);
        running.flatMap(Loaded::file)
                .filter(path -> file.isEmpty())
                .ifPresent(path -> problems.add(new Problem(shown(path), 0, 0, "is gone")));
        Findings findings = new Findings(file.map(this::shown).orElse(DEFAULT_FILE));
        Optional<Document> document = file.flatMap(path -> Document.read(path, findings));
        ProxyConfig wanted = overridden(document.map(this::proxy).orElseGet(this::defaults), request);
        problems.addAll(findings.problems());
        warnings.addAll(findings.warnings());
        ProxyConfig config = running.map(
                        before -> Reloadable.merge(before.snapshot().config(), wanted))
                .orElse(wanted);
        if (running.isPresent() && !running.get().sources().isEmpty() && Files.notExists(config.serversDir())) {
            problems.add(new Problem(shown(config.serversDir()), 0, 0, "is gone"));
        }
        List<ServerSource> sources = new ArrayList<>();
        List<ServerConfig> servers = servers(config, sources, problems, warnings);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        if (servers.isEmpty() && file.isEmpty()) {
            servers = List.of(ServerConfig.limbo());
        }
        return new Loaded(
                ProxySnapshot.of(config, servers),
                request,
                file,
                document.map(Document::text).orElse(""),
                sources,
                running.map(before -> Reloadable.needRestart(before.snapshot().config(), wanted))
                        .orElse(List.of()),
                warnings);
    }

    private ProxyConfig overridden(ProxyConfig config, Request request) {
        ProxyConfig.Builder overridden = config.toBuilder();
        request.bind().ifPresent(overridden::bind);
        request.serversDir().map(workingDirectory::resolve).ifPresent(overridden::serversDir);
        request.pluginsDir().map(workingDirectory::resolve).ifPresent(overridden::pluginsDir);
        return overridden.build();
    }

    private ProxyConfig proxy(Document document) {
        ProxyConfig read = new ProxyFile(workingDirectory).read(document);
        document.finish();
        return read;
    }

    private ProxyConfig defaults() {
        ProxyConfig config = ProxyConfig.defaults();
        return config.toBuilder()
                .serversDir(workingDirectory.resolve(config.serversDir()))
                .pluginsDir(workingDirectory.resolve(config.pluginsDir()))
                .forwarding(new ForwardingSettings(
                        config.forwarding().mode(),
                        workingDirectory.resolve(config.forwarding().secretFile())))
                .build();
    }

    /**
     * The files that a configuration is read from, and the folder of the server files.
     *
     * @param loaded what was read
     */
    public ConfigWatch.Watched watched(Loaded loaded) {
        Path file = workingDirectory.resolve(loaded.request().file().orElse(Path.of(DEFAULT_FILE)));
        ProxyConfig config = loaded.snapshot().config();
        return new ConfigWatch.Watched(List.of(file, config.forwarding().secretFile()), config.serversDir());
    }

    private Optional<Path> file(Request request) {
        if (request.file().isPresent()) {
            Path named = workingDirectory.resolve(request.file().get());
            if (Files.notExists(named)) {
                throw new ConfigException(List.of(new Problem(shown(named), 0, 0, "there is no such file")));
            }
            return Optional.of(named);
        }
        // notExists, not !exists: a file that may not be looked at is reported when it is read.
        return Optional.of(workingDirectory.resolve(DEFAULT_FILE)).filter(path -> !Files.notExists(path));
    }

    private List<ServerConfig> servers(
            ProxyConfig config, List<ServerSource> sources, List<Problem> problems, List<Problem> warnings) {
        List<ServerConfig> servers = new ArrayList<>();
        Map<String, String> fileOfId = new HashMap<>();
        String provider = "file@" + config.serversDir().getFileName();
        for (Path path : serverFiles(config.serversDir(), problems)) {
            Findings findings = new Findings(shown(path));
            String fileName = path.getFileName().toString();
            String stem = fileName.substring(0, fileName.length() - ENDING.length());
            Document.read(path, findings).ifPresent(document -> {
                ServerConfig server = ServerFile.read(document, stem, config);
                document.finish();
                String other = fileOfId.putIfAbsent(server.id(), findings.file());
                if (other == null) {
                    servers.add(server);
                    sources.add(new ServerSource(server.id(), provider, Optional.of(path), document.text()));
                } else {
                    String key = document.root().has("name") ? "name" : "id";
                    findings.problem(
                            document.line(List.of(key)),
                            "the server id \"" + server.id() + "\" is already taken by " + other);
                }
            });
            problems.addAll(findings.problems());
            warnings.addAll(findings.warnings());
        }
        return servers;
    }

    private List<Path> serverFiles(Path folder, List<Problem> problems) {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            String reason = Files.isDirectory(folder) ? "cannot be listed: " + e.getMessage() : "is not a folder";
            problems.add(new Problem(shown(folder), 0, 0, reason));
            return List.of();
        }
    }

    private String shown(Path path) {
        Path normal = path.normalize();
        boolean below = !workingDirectory.toString().isEmpty() && normal.startsWith(workingDirectory.normalize());
        return (below ? workingDirectory.normalize().relativize(normal) : normal).toString();
    }
}
