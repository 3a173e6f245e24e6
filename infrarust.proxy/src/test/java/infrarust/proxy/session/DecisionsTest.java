package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.proxy.session.TwoServers.Bob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    @Test
    void are_acted_upon_in_the_order_in_which_they_were_made() throws Exception {
        try (var proxy = new TwoServers();
                Bob bob = proxy.new Bob(765)) {
            proxy.bus.subscribe(KickedFromServerEvent.class, event -> {});
            Session session = ((SessionPlayer) bob.player).session();
            List<String> done = new ArrayList<>();
            var both = new CompletableFuture<List<String>>();
            session.client().eventLoop().execute(() -> {
                try {
                    session.decide(kicked(bob), event -> done.add("kick"));
                    // The next event of a player begins when the one before is over: the first decision waits for the
                    // loop now.
                    session.sessions().events().fire(new PostLoginEvent(bob.player));
                    assertThat(proxy.joined.poll(10, TimeUnit.SECONDS)).isNotNull();
                    // Nobody listens to this one, so nothing keeps it but the order.
                    session.decide(connects(bob), event -> {
                        done.add("connect");
                        both.complete(done);
                    });
                } catch (Throwable failure) { // the test has to hear of it
                    both.completeExceptionally(failure);
                }
            });
            assertThat(both.get(20, TimeUnit.SECONDS)).containsExactly("kick", "connect");
        }
    }

    private static KickedFromServerEvent kicked(Bob bob) {
        return new KickedFromServerEvent(
                bob.player,
                "games",
                Component.text("full"),
                KickedFromServerEvent.Cause.LOGIN_REFUSED,
                Optional.of("lobby"));
    }

    private static ServerPreConnectEvent connects(Bob bob) {
        return new ServerPreConnectEvent(bob.player, "games", Optional.of("lobby"), ServerPreConnectEvent.Cause.SWITCH);
    }
}
