package infrarust.benchmarks.access;

import infrarust.api.permission.PermissionRules;
import infrarust.api.permission.Tristate;
import infrarust.api.player.GameProfile;
import infrarust.api.player.Player;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.permission.Admins;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.store.Database;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One question about one of ten thousand players, in nanoseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class AccessQuestions {

    private static final int PLAYERS = 10_000;
    private static final Deadlines NEVER = (delay, action) -> () -> {};

    private final OnlinePlayers players = new OnlinePlayers();
    private final PlayerPermissions permissions = new PlayerPermissions(
            PermissionSettings.defaults(),
            new Admins(new Database(Path.of("none")), InstantSource.system()),
            new EventDispatcher(NEVER, EventDispatcher.DEFAULT_TIMEOUT),
            NEVER);
    private final PermissionRules rules = PermissionRules.of(
            Map.of("infrarust.command.list", true, "homes.*", true, "homes.others.*", false, "*", false));
    private final Player somebody = player(0);
    private int next;

    /** Lets them in. */
    @Setup
    public void letIn() {
        for (int i = 1; i <= PLAYERS; i++) {
            players.register(player(i));
        }
    }

    /** A player of whom nothing but number and profile is asked; those by reflection, which counts in the look-up by name. */
    @SuppressWarnings("ReferenceEquality") // a proxy has no other
    private static Player player(int number) {
        var profile = new GameProfile(account(number), "Player" + number, List.of());
        return (Player) Proxy.newProxyInstance(
                AccessQuestions.class.getClassLoader(),
                new Class<?>[] {Player.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "id" -> (long) number;
                    case "profile" -> profile;
                    case "hashCode" -> number;
                    case "equals" -> self == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static UUID account(int number) {
        return new UUID(number * 0x9E3779B97F4A7C15L, number);
    }

    private int anyone() {
        next = next % PLAYERS + 1;
        return next;
    }

    /** By the number of the connection. */
    @Benchmark
    public Optional<Player> byId() {
        return players.byId(anyone());
    }

    /** By the account. */
    @Benchmark
    public Optional<Player> byUuid() {
        return players.byUuid(account(anyone()));
    }

    /** By the name. */
    @Benchmark
    public Optional<Player> byName() {
        return players.byName("Player" + anyone());
    }

    /** A permission that a rule names. */
    @Benchmark
    public Tristate exactRule() {
        return permissions.value(somebody, rules, "infrarust.command.list");
    }

    /** A permission below a star. */
    @Benchmark
    public Tristate starRule() {
        return permissions.value(somebody, rules, "homes.set.far");
    }
}
