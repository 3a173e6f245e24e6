package infrarust.proxy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ActiveHealth;
import infrarust.proxy.config.Balance;
import infrarust.proxy.config.Balancing;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.forward.Forwarding;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.net.Transport;
import infrarust.proxy.routing.Health;
import infrarust.proxy.routing.MemberStatus;
import infrarust.proxy.routing.Pool;
import infrarust.proxy.service.OnlinePlayers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Players and several addresses of one server, with sockets. */
@ParameterizedClass
@EnumSource(
        value = ProxyMode.class,
        names = {"PASSTHROUGH", "ZERO_COPY"})
class BackendsTest {

    /** 1.20.1, host "a", port 25565, login; behind it a login start of "Bob" without a UUID. */
    private static final byte[] OPENING = HexFormat.of().parseHex("0800fb05016163dd02" + "060003426f6200");

    @Parameter
    ProxyMode mode;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private ServerSocket backend(int port) throws IOException {
        var backend = keep(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        backend.setSoTimeout(10_000);
        return backend;
    }

    private LoopbackProxy proxy(ProxyConfig config, Balance balance, int... ports) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int port : ports) {
            addresses.add("127.0.0.1:" + port);
        }
        var server = ServerConfig.builder("lobby")
                .domains("*")
                .addresses(addresses.toArray(String[]::new))
                .balancing(Balancing.of(balance))
                .activeHealth(ActiveHealth.defaults())
                .proxyMode(mode)
                .disconnectMessage("gone fishing")
                .build();
        return keep(new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(config, server),
                (network, backends) -> new Gate.Rooms(
                        client -> client.close(),
                        client -> client.close(),
                        new Forwarding(
                                backends,
                                NameCheck.NONE,
                                new LoginGuard(NobodyListens.dispatcher()),
                                NobodyListens.dispatcher(),
                                new OnlinePlayers()),
                        client -> client.close())));
    }

    private static int nobody() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private Socket join(LoopbackProxy proxy) throws IOException {
        Socket client = keep(proxy.connect());
        client.getOutputStream().write(OPENING);
        return client;
    }

    private Socket served(ServerSocket backend) throws IOException {
        Socket accepted = keep(backend.accept());
        assertThat(accepted.getInputStream().readNBytes(OPENING.length)).isEqualTo(OPENING);
        return accepted;
    }

    private static Pool pool(LoopbackProxy proxy) {
        return proxy.pools().all().iterator().next();
    }

    private static List<Integer> active(LoopbackProxy proxy) {
        return pool(proxy).members().stream().map(MemberStatus::active).toList();
    }

    /** What the loop does behind a socket's end comes a moment after it. */
    private static void soon(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }

    @Test
    void players_take_turns() throws IOException {
        ServerSocket one = backend(0);
        ServerSocket two = backend(0);
        LoopbackProxy proxy =
                proxy(ProxyConfig.defaults(), Balance.ROUND_ROBIN, one.getLocalPort(), two.getLocalPort());
        for (int i = 0; i < 2; i++) {
            join(proxy);
            served(one);
            join(proxy);
            served(two);
        }
        assertThat(active(proxy)).containsExactly(2, 2);
    }

    @Test
    void a_player_counts_until_his_connection_ends_on_whichever_side() throws IOException {
        ServerSocket one = backend(0);
        ServerSocket two = backend(0);
        LoopbackProxy proxy = proxy(ProxyConfig.defaults(), Balance.LEAST_CONN, one.getLocalPort(), two.getLocalPort());
        Socket first = join(proxy);
        Socket ofFirst = served(one);
        Socket second = join(proxy);
        Socket ofSecond = served(two);
        assertThat(active(proxy)).containsExactly(1, 1);
        first.close();
        assertThat(ofFirst.getInputStream().read()).isEqualTo(-1);
        ofFirst.close();
        soon(() -> active(proxy).equals(List.of(0, 1)));
        join(proxy);
        served(one);
        ofSecond.close();
        assertThat(second.getInputStream().read()).isEqualTo(-1);
        second.close();
        soon(() -> active(proxy).equals(List.of(1, 0)));
    }

    @Test
    void a_player_whose_address_refuses_comes_to_the_next_without_noticing() throws IOException {
        ServerSocket alive = backend(0);
        LoopbackProxy proxy =
                proxy(ProxyConfig.defaults(), Balance.FIRST_AVAILABLE, nobody(), nobody(), alive.getLocalPort());
        Socket client = join(proxy);
        served(alive).getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
        assertThat(active(proxy)).containsExactly(0, 0, 1);
        assertThat(proxy.backendCounters().connectFailuresSoFar()).isEqualTo(2);
    }

    @Test
    void after_three_refusals_nobody_knocks_there_any_more() throws IOException {
        ServerSocket alive = backend(0);
        LoopbackProxy proxy = proxy(ProxyConfig.defaults(), Balance.FIRST_AVAILABLE, nobody(), alive.getLocalPort());
        for (int i = 0; i < 5; i++) {
            join(proxy);
            served(alive);
        }
        assertThat(proxy.backendCounters().connectFailuresSoFar()).isEqualTo(3);
        assertThat(pool(proxy).members())
                .extracting(MemberStatus::health)
                .containsExactly(Health.UNHEALTHY, Health.HEALTHY);
    }

    @Test
    void no_more_addresses_are_tried_than_allowed() throws IOException {
        ServerSocket alive = backend(0);
        LoopbackProxy proxy = proxy(
                ProxyConfig.builder().connectMaxAttempts(2).build(),
                Balance.FIRST_AVAILABLE,
                nobody(),
                nobody(),
                alive.getLocalPort());
        Socket client = join(proxy);
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("gone fishing");
        assertThat(active(proxy)).containsExactly(0, 0, 0);
    }

    @Test
    void a_player_who_leaves_while_his_address_is_silent_does_not_count_and_says_nothing_of_it() throws IOException {
        var silent = keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 2; i++) {
            keep(new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort()));
        }
        LoopbackProxy proxy = proxy(ProxyConfig.defaults(), Balance.LEAST_CONN, silent.getLocalPort());
        Socket client = join(proxy);
        soon(() -> active(proxy).equals(List.of(1)));
        client.setSoLinger(true, 0);
        client.close();
        soon(() -> active(proxy).equals(List.of(0)));
        assertThat(proxy.backendCounters().connectFailuresSoFar()).isZero();
    }
}
