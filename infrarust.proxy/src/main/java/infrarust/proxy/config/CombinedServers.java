package infrarust.proxy.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The servers of the files together with those that plugins describe. A document that is wrong, or whose id somebody has
 * already, is left out alone; files come before plugins, and among plugins who came first.
 *
 * @param snapshot proxy and servers
 * @param sources where each server comes from
 * @param refused what is wrong with the documents that are left out
 * @param warnings what the operator should know all the same
 */
public record CombinedServers(
        ProxySnapshot snapshot,
        List<ServerSource> sources,
        Map<ServerDocument, List<Problem>> refused,
        List<Problem> warnings) {

    public CombinedServers {
        sources = List.copyOf(sources);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        warnings = List.copyOf(warnings);
    }

    /** Joins them. Reads no file. */
    public static CombinedServers of(ConfigLoader.Loaded files, Collection<ServerDocument> documents) {
        ProxyConfig config = files.snapshot().config();
        Map<String, ServerConfig> servers = new LinkedHashMap<>();
        files.snapshot().servers().forEach(server -> servers.put(server.id(), server));
        Map<String, ServerSource> sources = files.sources().stream()
                .collect(Collectors.toMap(
                        ServerSource::server, source -> source, (one, other) -> one, LinkedHashMap::new));
        Map<ServerDocument, List<Problem>> refused = new LinkedHashMap<>();
        List<Problem> warnings = new ArrayList<>();
        for (ServerDocument each : documents) {
            Findings findings = new Findings(each.shown());
            Document.parse(each.toml(), findings).ifPresent(document -> {
                ServerConfig server = ServerFile.read(document, each.name(), config);
                document.finish();
                ServerSource other = sources.get(server.id());
                if (other != null) {
                    findings.problem(
                            0, "the server id \"" + server.id() + "\" is already taken by " + other.provider());
                } else if (findings.problems().isEmpty()) {
                    // The lobby that is there when nothing is configured gives way, as it does to a file.
                    servers.remove(ServerConfig.LIMBO_ID);
                    servers.put(server.id(), server);
                    sources.put(
                            server.id(), new ServerSource(server.id(), each.provider(), Optional.empty(), each.toml()));
                }
            });
            if (findings.problems().isEmpty()) {
                warnings.addAll(findings.warnings());
            } else {
                refused.put(each, findings.problems());
            }
        }
        return new CombinedServers(
                ProxySnapshot.of(config, servers.values()), List.copyOf(sources.values()), refused, warnings);
    }
}
