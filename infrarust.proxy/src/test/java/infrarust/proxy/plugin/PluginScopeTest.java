package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import infrarust.api.PluginMetadata;
import infrarust.api.config.DocumentOutcome;
import infrarust.api.event.EventPriority;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.server.BackendHealth;
import infrarust.api.server.Drain;
import infrarust.api.server.ServerAddress;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.live.LiveLoadBalancer;
import infrarust.proxy.routing.Pools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PluginScopeTest {

    private final EventDispatcher events = new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT);
    private final PluginScope scope = new PluginScope(
            new PluginMetadata("greeter", "Greeter", "1"), GivenServices.of(events, new FakeDeadlines()));
    private final List<String> seen = new ArrayList<>();

    @Test
    void closing_removes_every_subscription() {
        scope.events().subscribe(ProxyInitializeEvent.class, event -> seen.add("sync"));
        scope.events().subscribeAsync(ProxyInitializeEvent.class, EventPriority.LAST, event -> {
            seen.add("async");
            return CompletableFuture.completedStage(null);
        });
        assertThat(scope.size()).isEqualTo(2);

        scope.close();

        assertThat(scope.size()).isZero();
        assertThat(events.fire(new ProxyInitializeEvent()).toCompletableFuture())
                .as("nobody listens any more")
                .isDone();
        assertThat(seen).isEmpty();
    }

    @Test
    void closing_removes_every_filter() {
        scope.filters().codec(FilterSpec.of("a"), session -> Optional.empty());
        scope.filters().transport(FilterSpec.of("a"), connection -> TransportVerdict.accept());
        scope.filters()
                .listen(PacketDirection.CLIENTBOUND, PacketInterest.none(), EventPriority.NORMAL, (player, frame) -> {
                    throw new AssertionError("nobody plays");
                });
        var gone = scope.filters().codec(FilterSpec.of("b"), session -> Optional.empty());
        gone.unregister();
        assertThat(scope.size()).isEqualTo(3);
        scope.close();
        assertThat(scope.size()).isZero();
    }

    @Test
    void closing_removes_last_registered_first_and_goes_on_after_a_failure() {
        scope.own(() -> () -> seen.add("first"));
        scope.own(() -> () -> {
            throw new IllegalStateException("stuck");
        });
        scope.own(() -> () -> seen.add("last"));

        scope.close();

        assertThat(seen).containsExactly("last", "first");
    }

    @Test
    void a_cancelled_subscription_is_no_longer_owned() {
        var subscription = scope.events().subscribe(ProxyInitializeEvent.class, event -> seen.add("x"));
        subscription.cancel();
        subscription.cancel();
        assertThat(scope.size()).isZero();
    }

    @Test
    void a_closed_scope_registers_nothing() {
        scope.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> scope.events().subscribe(ProxyInitializeEvent.class, event -> seen.add("x")))
                .withMessage("plugin 'greeter' is disabled and can register nothing any more");
    }

    @Test
    void closing_takes_the_servers_that_it_has_added() throws Exception {
        var provider = scope.configuration().provide("games");
        assertThat(provider.id()).isEqualTo("greeter@games");
        DocumentOutcome outcome = provider.put("lobby", "domains = [\"*\"]\naddresses = [\"10.0.0.5\"]")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(outcome).isEqualTo(new DocumentOutcome.Accepted("lobby"));
        assertThat(scope.servers().byId("lobby")).isPresent();

        scope.close();

        assertThat(scope.servers().all()).isEmpty();
        assertThat(provider.documents()).isEmpty();
        assertThat(provider.put("again", "addresses = [\"10.0.0.5\"]")
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(new DocumentOutcome.Closed());
    }

    @Test
    void closing_ends_drains() {
        var snapshot = ProxySnapshot.of(
                ProxyConfig.defaults(),
                ServerConfig.builder("lobby").addresses("10.0.0.5", "10.0.0.6").build());
        var pools = new Pools(snapshot, System::nanoTime, change -> seen.add(change.text()));
        var balancer = new OwnedBalancer(scope, new LiveLoadBalancer("greeter", pools));
        var address = new ServerAddress("10.0.0.5", 25565);
        assertThat(balancer.drain("lobby", new ServerAddress("10.0.0.9", 1))).isEmpty();
        assertThat(scope.size()).isZero();
        Drain one = balancer.drain("lobby", address).orElseThrow();
        assertThat(balancer.drain("lobby", address)).isPresent();
        one.end();
        one.end();
        assertThat(balancer.backends("lobby").getFirst().health()).isEqualTo(BackendHealth.DRAINING);

        scope.close();

        assertThat(balancer.backends("lobby").getFirst().health()).isEqualTo(BackendHealth.HEALTHY);
        assertThat(seen)
                .containsExactly(
                        "Server lobby: 10.0.0.5:25565 drains: no player is added",
                        "Server lobby: 10.0.0.5:25565 takes players again");
    }
}
