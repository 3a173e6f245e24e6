package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import infrarust.api.PluginMetadata;
import infrarust.api.event.EventPriority;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
}
