package infrarust.proxy.plugin;

import infrarust.api.config.ConfigProvider;
import infrarust.api.config.ConfigService;
import infrarust.api.config.DocumentOutcome;
import infrarust.api.config.ReloadOutcome;
import infrarust.api.config.ServerDocument;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** The configuration, whose sources of a plugin go with its scope. */
record OwnedConfiguration(PluginScope scope, ConfigService all) implements ConfigService {

    @Override
    public List<ServerDocument> documents() {
        return all.documents();
    }

    @Override
    public Optional<ServerDocument> document(String server) {
        return all.document(server);
    }

    @Override
    public String proxyDocument() {
        return all.proxyDocument();
    }

    @Override
    public Optional<String> value(String key) {
        return all.value(key);
    }

    @Override
    public Optional<String> serverFor(String host) {
        return all.serverFor(host);
    }

    @Override
    public CompletionStage<ReloadOutcome> reload() {
        return all.reload();
    }

    @Override
    public ConfigProvider provide(String name) {
        var made = new AtomicReference<ConfigProvider>();
        Runnable removal = scope.own(() -> {
            ConfigProvider provider = all.provide(name);
            made.set(provider);
            return provider::close;
        });
        return new OwnedProvider(made.get(), removal);
    }

    private record OwnedProvider(ConfigProvider provider, Runnable removal) implements ConfigProvider {

        @Override
        public String id() {
            return provider.id();
        }

        @Override
        public CompletionStage<DocumentOutcome> put(String name, String toml) {
            return provider.put(name, toml);
        }

        @Override
        public CompletionStage<Boolean> remove(String name) {
            return provider.remove(name);
        }

        @Override
        public List<String> documents() {
            return provider.documents();
        }

        @Override
        public void close() {
            removal.run();
        }
    }
}
