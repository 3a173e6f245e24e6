package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.BackendHealthEvent;
import infrarust.api.event.Event;
import infrarust.api.event.ServerStateChangeEvent;
import infrarust.api.server.Server;
import infrarust.api.server.ServerAddress;
import infrarust.proxy.config.Address;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.routing.Pool;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackendHealthTest {

    private final EventDispatcher events = new EventDispatcher(new FakeDeadlines(), EventDispatcher.DEFAULT_TIMEOUT);
    private final BackendHealth health = new BackendHealth(
            ProxySnapshot.of(
                    ProxyConfig.defaults(),
                    ServerConfig.builder("lobby").addresses("a:1", "b:2").build()),
            events);
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();

    @Test
    void plugins_hear_of_each_address_and_of_what_it_means_for_the_server() throws Exception {
        events.busOf("test").subscribe(BackendHealthEvent.class, told::add);
        events.busOf("test").subscribe(ServerStateChangeEvent.class, told::add);
        Pool pool = health.pools().of("lobby").orElseThrow();

        pool.drain(Address.parse("a:1"), true);
        assertThat(told.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new BackendHealthEvent(
                        "lobby",
                        new ServerAddress("a", 1),
                        infrarust.api.server.BackendHealth.DRAINING,
                        "Server lobby: a:1 drains: no player is added"));

        pool.drain(Address.parse("b:2"), true);
        // Events of no player are told at the same time.
        assertThat(List.of(next(), next()))
                .contains(new ServerStateChangeEvent("lobby", Server.State.AVAILABLE, Server.State.DRAINING));
    }

    private Event next() throws InterruptedException {
        Event event = told.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }
}
