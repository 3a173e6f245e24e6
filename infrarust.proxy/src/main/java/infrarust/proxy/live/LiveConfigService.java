package infrarust.proxy.live;

import infrarust.api.config.ConfigProvider;
import infrarust.api.config.ConfigService;
import infrarust.api.config.ReloadOutcome;
import infrarust.api.config.ServerDocument;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.Redaction;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.ServerSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The configuration as one plugin sees it. Any thread. */
public final class LiveConfigService implements ConfigService {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final String PLUGINS = "plugins";

    private final String plugin;
    private final Reloads reloads;
    private final LiveConfiguration live;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** @param plugin the plugin's id */
    public LiveConfigService(String plugin, Reloads reloads, LiveConfiguration live) {
        this.plugin = plugin;
        this.reloads = reloads;
        this.live = live;
    }

    @Override
    public List<ServerDocument> documents() {
        return reloads.sources().stream().map(LiveConfigService::document).toList();
    }

    @Override
    public Optional<ServerDocument> document(String server) {
        return reloads.sources().stream()
                .filter(source -> source.server().equals(server))
                .findFirst()
                .map(LiveConfigService::document);
    }

    private static ServerDocument document(ServerSource source) {
        return new ServerDocument(source.server(), source.provider(), source.file(), Redaction.of(source.toml()));
    }

    @Override
    public String proxyDocument() {
        return Redaction.of(reloads.proxyText(), (table, key) -> table.equals(PLUGINS) && !key.equals(plugin));
    }

    @Override
    public Optional<String> value(String key) {
        boolean others = key.equals(PLUGINS)
                || (key.startsWith(PLUGINS + ".") && !(key + ".").startsWith(PLUGINS + "." + plugin + "."));
        return others ? Optional.empty() : Redaction.value(reloads.proxyText(), key);
    }

    @Override
    public Optional<String> serverFor(String host) {
        return live.serverFor(host).map(ServerConfig::id);
    }

    @Override
    public CompletionStage<ReloadOutcome> reload() {
        var outcome = new CompletableFuture<ReloadOutcome>();
        Thread.ofVirtual().name("reload").start(() -> outcome.complete(outcome(reloads.reload())));
        return outcome;
    }

    private static ReloadOutcome outcome(Reloaded reloaded) {
        return switch (reloaded) {
            case Reloaded.Changed(var diff) ->
                new ReloadOutcome.Changed(
                        diff.added(), diff.removed(), List.copyOf(diff.updated().keySet()));
            case Reloaded.Unchanged _ -> new ReloadOutcome.Unchanged();
            case Reloaded.Failed(List<Problem> problems) ->
                new ReloadOutcome.Failed(
                        problems.stream().map(Problem::toString).toList());
        };
    }

    @Override
    public ConfigProvider provide(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot be a source's name; expected is " + NAME.pattern());
        }
        String id = plugin + "@" + name;
        if (!open.add(id)) {
            throw new IllegalArgumentException("the source \"" + id + "\" is open already");
        }
        return new PushedDocuments(id, reloads, () -> open.remove(id));
    }
}
