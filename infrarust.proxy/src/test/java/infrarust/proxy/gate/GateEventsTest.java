package infrarust.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.ConnectionHandshakeEvent;
import infrarust.api.event.ConnectionHandshakeEvent.Intent;
import infrarust.api.event.ConnectionHandshakeEvent.Result;
import infrarust.api.event.ConnectionHandshakeEvent.Target;
import infrarust.api.event.ConnectionRejectedEvent;
import infrarust.api.event.ConnectionRejectedEvent.Reason;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventPriority;
import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.RateLimit;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.net.Transport;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugins hear at the gate, and what they may say there. */
class GateEventsTest {

    /** 1.20.1, host "A.", port 25565; the intent follows. */
    private static final String HANDSHAKE = "0900fb0502412e63dd";

    private final EventDispatcher events = NobodyListens.dispatcher();
    private final EventBus bus = events.busOf("guard");
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConnectionHandshakeEvent> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConnectionRejectedEvent> rejected = new LinkedBlockingQueue<>();
    private LoopbackProxy proxy;

    @BeforeEach
    void start() throws IOException {
        start(ProxyConfig.defaults());
    }

    private void start(ProxyConfig config) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        var server = ServerConfig.builder("lobby").domains("*").addresses("127.0.0.1:1");
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(config, server.build()),
                System::nanoTime,
                LoopbackProxy.noFilters(),
                events,
                (network, backends) -> new Gate.Rooms(
                        client -> client.handOver(record("status", client)),
                        client -> client.handOverFromStart(record("legacy", client)),
                        client -> client.handOver(record("login", client)),
                        client -> client.handOver(record("login", client))));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private ChannelInboundHandlerAdapter record(String room, ClientConnection client) {
        served.add(room);
        client.noDeadline();
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                var bytes = (ByteBuf) message;
                served.add(ByteBufUtil.hexDump(bytes));
                bytes.release();
            }
        };
    }

    private void answer(Result result) {
        bus.subscribe(ConnectionHandshakeEvent.class, event -> {
            event.setResult(result);
            asked.add(event);
        });
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private Socket connects(String hex) throws IOException {
        Socket client = proxy.connect();
        client.getOutputStream().write(HexFormat.of().parseHex(hex));
        return client;
    }

    private static String told(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Reason reason() throws InterruptedException {
        return next(rejected).reason();
    }

    @ParameterizedTest
    @CsvSource({"01,STATUS,status", "02,LOGIN,login", "03,TRANSFER,login"})
    void a_handshake_is_shown_and_what_comes_behind_it_waits(String intent, Intent shown, String room)
            throws Exception {
        var answer = new CompletableFuture<Void>();
        bus.subscribeAsync(ConnectionHandshakeEvent.class, EventPriority.NORMAL, event -> {
            asked.add(event);
            return answer;
        });
        try (Socket client = connects(HANDSHAKE + intent + "0100")) {
            ConnectionHandshakeEvent event = next(asked);
            assertThat(event.target()).isEqualTo(new Target("A.", "A.", 25565, Optional.of("lobby")));
            assertThat(event.protocolVersion()).isEqualTo(763);
            assertThat(event.intent()).isEqualTo(shown);
            assertThat(event.isLegacy()).isFalse();
            client.getOutputStream().write(HexFormat.of().parseHex("09010102030405060708"));
            assertThat(served.poll(50, TimeUnit.MILLISECONDS)).isNull();

            answer.complete(null);

            assertThat(next(served)).isEqualTo(room);
            StringBuilder read = new StringBuilder();
            while (read.length() < 24) {
                read.append(next(served));
            }
            assertThat(read).hasToString("0100" + "09010102030405060708");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe", "fe01", "fe01fa"})
    void a_ping_of_before_1_7_is_shown_without_a_host(String bytes) throws Exception {
        answer(new Result.Allow());
        try (Socket client = connects(bytes)) {
            ConnectionHandshakeEvent event = next(asked);
            assertThat(event.isLegacy()).isTrue();
            assertThat(event.intent()).isEqualTo(Intent.STATUS);
            assertThat(event.protocolVersion()).isEqualTo(-1);
            assertThat(event.target()).isEqualTo(Target.unknown());
            assertThat(next(served)).isEqualTo("legacy");
            assertThat(next(served)).startsWith("fe");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void whoever_is_denied_a_login_reads_why() throws Exception {
        bus.subscribe(ConnectionRejectedEvent.class, rejected::add);
        answer(new Result.Deny(Component.text("not from there")));
        try (Socket client = connects(HANDSHAKE + "02")) {
            assertThat(told(client)).contains("not from there");
            ConnectionRejectedEvent event = next(rejected);
            assertThat(event.reason()).isEqualTo(Reason.PLUGIN);
            assertThat(event.host()).contains("A.");
            assertThat(event.remoteAddress().getPort()).isEqualTo(client.getLocalPort());
            assertThat(served).isEmpty();
            assertThat(proxy.counters().refusedSoFar(Refusal.PLUGIN)).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HANDSHAKE + "01", "fe01"})
    void whoever_is_denied_the_status_sees_a_connection_that_ends(String bytes) throws Exception {
        answer(new Result.Deny(Optional.empty()));
        try (Socket client = connects(bytes)) {
            assertThat(told(client)).isEmpty();
            assertThat(served).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "02"})
    void whoever_is_dropped_reads_nothing(String intent) throws Exception {
        answer(new Result.DropSilently());
        try (Socket client = connects(HANDSHAKE + intent)) {
            assertThat(told(client)).isEmpty();
            assertThat(served).isEmpty();
        }
    }

    @Test
    void an_address_that_is_kept_out_is_told_of_before_any_handshake() throws Exception {
        bus.subscribe(ConnectionRejectedEvent.class, rejected::add);
        answer(new Result.Allow());
        start(ProxyConfig.builder()
                .ipFilter(new IpFilter(AddressSet.empty(), AddressSet.of(List.of(Cidr.parse("127.0.0.0/8")))))
                .build());
        try (Socket client = proxy.connect()) {
            assertThat(told(client)).isEmpty();
            assertThat(reason()).isEqualTo(Reason.IP_FILTER);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void too_many_logins_are_told_of_before_plugins_are_asked() throws Exception {
        bus.subscribe(ConnectionRejectedEvent.class, rejected::add);
        answer(new Result.Allow());
        start(ProxyConfig.builder()
                .rateLimit(new RateLimit(true, 1, Duration.ofMinutes(1), 1, Duration.ofMinutes(1)))
                .build());
        try (Socket first = connects(HANDSHAKE + "02")) {
            assertThat(next(served)).isEqualTo("login");
            try (Socket second = connects(HANDSHAKE + "02")) {
                assertThat(told(second)).contains("too often");
                assertThat(reason()).isEqualTo(Reason.RATE_LIMIT);
                assertThat(asked).hasSize(1);
                assertThat(first.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whoever_has_gone_meanwhile_is_not_served() throws Exception {
        var answer = new CompletableFuture<Void>();
        bus.subscribeAsync(ConnectionHandshakeEvent.class, EventPriority.NORMAL, event -> {
            asked.add(event);
            return answer;
        });
        try (Socket client = connects(HANDSHAKE + "01")) {
            next(asked);
            client.setSoLinger(true, 0);
        }
        answer.complete(null);
        // Whether the end is noticed before the answer is not known; nothing may leak, which the detector minds.
        try (Socket other = connects(HANDSHAKE + "01")) {
            assertThat(next(served)).isEqualTo("status");
            assertThat(other.isConnected()).isTrue();
        }
    }
}
