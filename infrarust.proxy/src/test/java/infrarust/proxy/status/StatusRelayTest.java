package infrarust.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.Route;
import infrarust.proxy.net.AddressedChannel;
import infrarust.proxy.net.StandingClock;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.telemetry.BackendCounters;
import infrarust.proxy.telemetry.ConnectionCounters;
import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusRelayTest {

    private static final Handshake QUESTION = new Handshake(765, "play.example", 25565, Handshake.STATUS);

    private final ServerConfig server =
            ServerConfig.builder("lobby").addresses("10.0.0.1").build();
    private final ProxySnapshot snapshot = ProxySnapshot.of(ProxyConfig.defaults(), server);
    private final Motds motds = Motds.read(snapshot, Path.of("."), () -> 0, problem -> {});
    private final StandingClock clock = new StandingClock();

    private ClientConnection client(Channel channel) {
        return new ClientConnection(
                channel,
                new AddressedChannel().ends(),
                PingBench.PACKETS,
                clock.scope(channel.eventLoop()),
                host -> new Route(snapshot, host, Optional.of(server)),
                new ConnectionCounters(),
                NobodyListens.dispatcher());
    }

    @Test
    void whoever_waits_on_another_loop_is_called_back_there() throws Exception {
        var embedded = new EmbeddedChannel();
        Promise<Channel> connecting = embedded.eventLoop().newPromise();
        var relay = new StatusRelay(
                new Backends(
                        (loop, address, timeout, header, handler) -> connecting,
                        new Pools(snapshot, clock::nanoTime, change -> {}),
                        new BackendCounters()),
                StatusCache.defaults(),
                clock::nanoTime);
        var otherLoop = new DefaultEventLoop();
        try {
            var other = new LocalChannel();
            otherLoop.register(other).sync();
            var own = new CompletableFuture<Boolean>();
            var there = new CompletableFuture<Boolean>();

            relay.ask(server, 0, client(embedded), QUESTION, motds, answer -> own.complete(answer == null));
            otherLoop
                    .submit(() -> relay.ask(
                            server,
                            0,
                            client(other),
                            QUESTION,
                            motds,
                            answer -> there.complete(answer == null && otherLoop.inEventLoop())))
                    .sync();
            assertThat(own).isNotDone();
            assertThat(there).isNotDone();
            connecting.setFailure(new IOException("refused"));
            embedded.runPendingTasks();

            assertThat(own).isCompletedWithValue(true);
            assertThat(there.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            otherLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }
}
