package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.api.event.GameProfileRequestEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.LimboEnterEvent;
import infrarust.api.event.LimboExitEvent;
import infrarust.api.event.LoginEvent;
import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Writes down, in words, every event of players and connections that is fired. */
public final class HeardEvents {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final EventBus bus;

    public HeardEvents(EventBus bus) {
        this.bus = bus;
        note(ConnectionHandshakeEvent.class, event -> "handshake " + event.intent());
        note(ConnectionRejectedEvent.class, event -> "rejected " + event.reason());
        note(PreLoginEvent.class, event -> "pre-login " + event.profile().username());
        note(OnlineAuthFailedEvent.class, event -> "online-auth-failed " + event.cause());
        note(GameProfileRequestEvent.class, event -> "game-profile-request " + event.isOnlineMode());
        note(LoginEvent.class, event -> "login " + event.player().isOnlineMode());
        note(PostLoginEvent.class, event -> "post-login");
        note(PlayerChooseInitialServerEvent.class, event -> "choose-initial-server " + event.initialServer());
        note(ServerPreConnectEvent.class, event -> "server-pre-connect " + event.server() + " " + event.cause());
        note(
                ServerConnectedEvent.class,
                event -> "server-connected " + event.server()
                        + from(event.previousServer().orElse("")));
        note(
                ServerPostConnectEvent.class,
                event -> "server-post-connect " + event.server()
                        + from(event.previousServer().orElse("")));
        note(KickedFromServerEvent.class, event -> "kicked-from-server " + event.server() + " " + event.cause());
        note(
                LimboEnterEvent.class,
                event -> "limbo-enter" + from(event.previousServer().orElse("")));
        note(
                LimboExitEvent.class,
                event -> "limbo-exit " + event.reason()
                        + event.nextServer().map(id -> " to " + id).orElse(""));
        note(
                DisconnectEvent.class,
                event -> "disconnect " + event.cause()
                        + event.lastServer().map(id -> " on " + id).orElse(""));
    }

    private static String from(String server) {
        return server.isEmpty() ? "" : " from " + server;
    }

    private <E extends Event> void note(Class<E> type, Function<E, String> words) {
        bus.subscribe(type, EventPriority.FIRST, event -> heard.add(words.apply(event)));
    }

    /** Waits until these have been fired, in that order, and no others between. */
    public void expect(String... events) throws InterruptedException {
        for (String event : events) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }

    /** Waits until these have been fired, and no others. */
    public void expectInAnyOrder(String... events) throws InterruptedException {
        var found = new ArrayList<String>();
        for (int i = 0; i < events.length; i++) {
            found.add(next());
        }
        assertThat(found).containsExactlyInAnyOrder(events);
    }

    /** The next event. */
    public String next() throws InterruptedException {
        return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    }

    /** Nothing more has been fired so far. */
    public void expectNothingElse() {
        assertThat(heard).isEmpty();
    }
}
