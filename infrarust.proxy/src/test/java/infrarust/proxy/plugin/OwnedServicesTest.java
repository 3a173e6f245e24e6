package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import infrarust.api.PluginMetadata;
import infrarust.api.event.ServiceProvidedEvent;
import infrarust.api.event.ServiceRemovedEvent;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OwnedServicesTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT);
    private final PluginServices services = GivenServices.of(events, clock);
    private final PluginScope provider = scope("provider");
    private final PluginScope user = scope("user");
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    private PluginScope scope(String id) {
        return new PluginScope(new PluginMetadata(id, id, "1"), services);
    }

    @Test
    void a_service_is_found_by_exactly_its_type_until_its_plugin_goes() {
        Supplier<String> service = () -> "here";
        provider.services().provide(Supplier.class, service);
        assertThat(user.services().find(Supplier.class)).containsSame(service);
        assertThat(user.services().find(Object.class)).isEmpty();

        provider.close();

        assertThat(user.services().find(Supplier.class)).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> provider.services().provide(Supplier.class, service));
    }

    @Test
    void of_several_the_first_is_found_and_all_are_listed() {
        provider.services().provide(String.class, "one");
        var second = user.services().provide(String.class, "two");
        assertThat(user.services().find(String.class)).contains("one");
        assertThat(user.services().all(String.class)).containsExactly("one", "two");

        provider.close();
        assertThat(user.services().find(String.class)).contains("two");
        second.withdraw();
        second.withdraw();
        assertThat(user.services().all(String.class)).isEmpty();
        assertThat(user.size()).isZero();
    }

    @Test
    void coming_and_going_is_told() throws Exception {
        user.events().subscribe(ServiceProvidedEvent.class, told::add);
        user.events().subscribe(ServiceRemovedEvent.class, event -> {
            assertThat(user.services().find(event.type())).isEmpty();
            told.add(event);
        });
        provider.services().provide(String.class, "one");
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new ServiceProvidedEvent(String.class, "provider"));
        provider.close();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new ServiceRemovedEvent(String.class, "provider"));
    }
}
