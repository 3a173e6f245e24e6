package infrarust.proxy.wasm.contract023;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.Page;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.contract023.Types.BanEntry;
import infrarust.proxy.wasm.contract023.Types.BanTarget;
import infrarust.proxy.wasm.contract023.Types.ServiceError;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Serves {@link BanService} with the proxy's bans. A call waits for its answer on the actor's thread. */
final class BanServiceHost implements BanService {

    private static final Duration MOST = Duration.ofSeconds(30);

    private final GuestHost host;

    BanServiceHost(GuestHost host) {
        this.host = host;
    }

    @Override
    public Result<Unit, ServiceError> ban(BanTarget target, Optional<String> reason, OptionalLong durationMs) {
        return about("ban", target, whom -> {
            // More than a long can count is for ever.
            Optional<Duration> duration = durationMs.isPresent() && durationMs.getAsLong() >= 0
                    ? Optional.of(Duration.ofMillis(durationMs.getAsLong()))
                    : Optional.empty();
            try {
                var request = new BanRequest(whom, reason, duration, true, false);
                return answer(host.plugin().bans().ban(request), ban -> Unit.UNIT);
            } catch (IllegalArgumentException refused) {
                return failed(String.valueOf(refused.getMessage()));
            }
        });
    }

    @Override
    public Result<Boolean, ServiceError> unban(BanTarget target) {
        return about("unban", target, whom -> answer(host.plugin().bans().unban(whom), Optional::isPresent));
    }

    @Override
    public Result<Boolean, ServiceError> isBanned(BanTarget target) {
        return about("is-banned", target, whom -> answer(host.plugin().bans().get(whom), Optional::isPresent));
    }

    @Override
    public Result<Optional<BanEntry>, ServiceError> getBan(BanTarget target) {
        return about(
                "get-ban",
                target,
                whom -> answer(host.plugin().bans().get(whom), ban -> ban.map(BanServiceHost::toGuest)));
    }

    @Override
    public Result<List<BanEntry>, ServiceError> getAllBans() {
        if (!allows("get-all-bans")) {
            return failed("missing capability: ban");
        }
        List<BanEntry> entries = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            switch (HostWait.of(host.actor(), host.plugin().bans().list(cursor, Page.MOST), MOST)) {
                case HostWait.Done<Page<Ban>>(Page<Ban> page) -> {
                    page.entries().forEach(ban -> entries.add(toGuest(ban)));
                    cursor = page.nextCursor();
                }
                case HostWait.Late<Page<Ban>>(String why) -> {
                    return Result.err(new ServiceError.Unavailable(why));
                }
                case HostWait.Failed<Page<Ban>>(String why) -> {
                    return failed(why);
                }
            }
        } while (cursor.isPresent());
        return Result.ok(entries);
    }

    private <T> Result<T, ServiceError> about(
            String function, BanTarget target, Function<infrarust.api.ban.BanTarget, Result<T, ServiceError>> then) {
        if (!allows(function)) {
            return failed("missing capability: ban");
        }
        return fromGuest(target).map(then).orElseGet(() -> failed("invalid ban target"));
    }

    private <A, T> Result<T, ServiceError> answer(CompletionStage<A> stage, Function<A, T> toGuest) {
        return switch (HostWait.of(host.actor(), stage, MOST)) {
            case HostWait.Done<A>(A value) -> Result.ok(toGuest.apply(value));
            case HostWait.Late<A>(String why) -> Result.err(new ServiceError.Unavailable(why));
            case HostWait.Failed<A>(String why) -> failed(why);
        };
    }

    private boolean allows(String function) {
        return host.gate().allows(Capability.BAN, "ban-service." + function);
    }

    private static <T> Result<T, ServiceError> failed(String reason) {
        return Result.err(new ServiceError.OperationFailed(reason));
    }

    private static Optional<infrarust.api.ban.BanTarget> fromGuest(BanTarget target) {
        try {
            return switch (target) {
                case BanTarget.Ip(String address) -> Optional.of(infrarust.api.ban.BanTarget.address(address));
                case BanTarget.Username(String name) -> Optional.of(new infrarust.api.ban.BanTarget.Username(name));
                case BanTarget.Uuid(String uuid) -> Conversions.uuid(uuid).map(infrarust.api.ban.BanTarget.Uuid::new);
            };
        } catch (IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    /** A block of addresses, which this version of the contract does not know, is an address with a slash. */
    private static BanEntry toGuest(Ban ban) {
        BanTarget target = switch (ban.target()) {
            case infrarust.api.ban.BanTarget.Username(String name) -> new BanTarget.Username(name);
            case infrarust.api.ban.BanTarget.Uuid uuid -> new BanTarget.Uuid(uuid.value());
            case infrarust.api.ban.BanTarget.Ip ip -> new BanTarget.Ip(ip.value());
            case infrarust.api.ban.BanTarget.IpRange range -> new BanTarget.Ip(range.value());
        };
        return new BanEntry(
                target,
                ban.reason(),
                ban.expiresAt().map(Instant::toEpochMilli).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                Math.max(0, ban.createdAt().toEpochMilli()),
                ban.source().text());
    }
}
