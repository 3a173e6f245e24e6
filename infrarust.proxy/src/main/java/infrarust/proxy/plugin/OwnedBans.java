package infrarust.proxy.plugin;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanProvider;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.BanVerdict;
import infrarust.api.ban.Bans;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.Page;
import infrarust.api.event.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bans as a plugin sees them: they outlive it, but what it provides goes with its scope. */
record OwnedBans(PluginScope scope, Bans bans) implements Bans {

    @Override
    public CompletionStage<Ban> ban(BanRequest request) {
        return bans.ban(request);
    }

    @Override
    public CompletionStage<Optional<Ban>> unban(BanTarget target) {
        return bans.unban(target);
    }

    @Override
    public CompletionStage<Optional<Ban>> get(BanTarget target) {
        return bans.get(target);
    }

    @Override
    public CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt) {
        return bans.check(attempt);
    }

    @Override
    public CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit) {
        return bans.list(cursor, limit);
    }

    @Override
    public CompletionStage<Page<BanAuditEntry>> audit(Optional<String> cursor, int limit) {
        return bans.audit(cursor, limit);
    }

    @Override
    public Subscription provide(BanProvider provider) {
        return scope.own(() -> bans.provide(provider)::cancel)::run;
    }
}
