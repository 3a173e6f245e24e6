package infrarust.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.EventPriority;
import infrarust.api.filter.ByteView;
import infrarust.api.filter.DataVerdict;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Filters;
import infrarust.api.filter.TransportConnection;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.filter.TransportWatch;
import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.forward.Forwarding;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.gate.NameCheck;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.net.Transport;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.Refusal;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
        value = ProxyMode.class,
        names = {"PASSTHROUGH", "ZERO_COPY"})
class TransportFiltersTest {

    /** 1.20.1, host "a", port 25565, login; behind it a login start of "Bob" without a UUID. */
    private static final byte[] OPENING = HexFormat.of().parseHex("0800fb05016163dd02" + "060003426f6200");

    @Parameter
    ProxyMode mode;

    private final FilterRegistry registry = new FilterRegistry(Duration.ofSeconds(10), Duration.ofSeconds(5));
    private final Filters filters = registry.of("test");
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final AtomicLong now = new AtomicLong(1);
    private final LogLines log = LogLines.of("infrarust.proxy");
    private ServerSocket listening;
    private LoopbackProxy proxy;

    @BeforeEach
    void start() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        start(ProxyConfig.defaults());
    }

    private void start(ProxyConfig config) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        config,
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses("127.0.0.1:" + listening.getLocalPort())
                                .proxyMode(mode)
                                .build()),
                now::get,
                registry.transports(),
                (network, backends) -> new Gate.Rooms(
                        client -> client.close(),
                        client -> client.close(),
                        new Forwarding(
                                backends,
                                NameCheck.NONE,
                                new LoginGuard(NobodyListens.dispatcher()),
                                NobodyListens.dispatcher(),
                                new OnlinePlayers()),
                        client -> client.close()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        listening.close();
        log.close();
    }

    private void pass(Duration time) throws Exception {
        EventLoop loop = proxy.network().nextLoop();
        loop.submit(() -> {
                    now.addAndGet(time.toNanos());
                    proxy.network().scope(loop).deadlines().sweep();
                })
                .get(10, TimeUnit.SECONDS);
    }

    private String note() throws InterruptedException {
        return String.valueOf(notes.poll(10, TimeUnit.SECONDS));
    }

    private void assertServed(Socket client) throws IOException {
        client.getOutputStream().write(OPENING);
        try (Socket accepted = listening.accept()) {
            assertThat(accepted.getInputStream().readNBytes(OPENING.length)).isEqualTo(OPENING);
            accepted.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    @Nested
    class A_new_connection {

        @Test
        void that_is_rejected_is_closed_before_anything_is_read_and_later_filters_are_not_asked() throws Exception {
            filters.transport(FilterSpec.of("bouncer"), connection -> {
                notes.add("bouncer");
                return TransportVerdict.reject();
            });
            filters.transport(FilterSpec.of("late").withPriority(EventPriority.LAST), connection -> {
                notes.add("late");
                return TransportVerdict.accept();
            });
            filters.transport(FilterSpec.of("early").before("bouncer"), connection -> {
                notes.add("early");
                return TransportVerdict.accept();
            });
            try (Socket client = proxy.connect()) {
                assertThat(client.getInputStream().read()).isNegative();
            }
            assertThat(notes).containsExactly("early", "bouncer");
            assertThat(proxy.counters().refusedSoFar(Refusal.PLUGIN)).isEqualTo(1);
        }

        @Test
        void is_served_when_all_have_accepted_it() throws Exception {
            filters.transport(FilterSpec.of("a"), connection -> TransportVerdict.accept());
            filters.transport(FilterSpec.of("b"), connection -> TransportVerdict.accept());
            try (Socket client = proxy.connect()) {
                assertServed(client);
            }
        }

        @Test
        void has_the_ends_of_its_socket() throws Exception {
            var seen = new LinkedBlockingQueue<TransportConnection>();
            filters.transport(FilterSpec.of("a"), connection -> {
                seen.add(connection);
                return TransportVerdict.accept();
            });
            try (Socket client = proxy.connect()) {
                assertServed(client);
                TransportConnection connection = seen.take();
                assertThat(connection.peer()).isEqualTo(client.getLocalSocketAddress());
                assertThat(connection.local()).isEqualTo(client.getRemoteSocketAddress());
                assertThat(connection.realAddress()).isEmpty();
                assertThat(connection.clientAddress()).isEqualTo(client.getLocalAddress());
            }
        }

        @Test
        void waits_unread_for_a_filter_that_takes_its_time() throws Exception {
            var answers = new LinkedBlockingQueue<CompletableFuture<TransportVerdict>>();
            filters.transport(FilterSpec.of("slow"), connection -> {
                var answer = new CompletableFuture<TransportVerdict>();
                answers.add(answer);
                return answer;
            });
            filters.transport(FilterSpec.of("quick"), connection -> {
                notes.add("quick");
                return TransportVerdict.accept();
            });
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                CompletableFuture<TransportVerdict> answer = answers.take();
                assertThat(notes).isEmpty();
                answer.complete(new TransportVerdict.Accept());
                assertThat(note()).isEqualTo("quick");
                try (Socket accepted = listening.accept()) {
                    assertThat(accepted.getInputStream().readNBytes(OPENING.length))
                            .isEqualTo(OPENING);
                }
            }
        }

        @Test
        void is_rejected_when_a_filter_takes_longer_than_its_time() throws Exception {
            filters.transport(FilterSpec.of("stuck"), connection -> {
                notes.add("asked");
                return new CompletableFuture<>();
            });
            try (Socket client = proxy.connect()) {
                assertThat(note()).isEqualTo("asked");
                pass(Duration.ofSeconds(4));
                client.getOutputStream().write(OPENING);
                pass(Duration.ofSeconds(2));
                assertClosed(client);
            }
            assertThat(log.lines())
                    .contains("WARN plugin 'test': filter 'stuck' took too long; the connection is rejected");
        }

        @Test
        void is_rejected_when_a_filter_fails_in_one_way_or_the_other() throws Exception {
            List<CompletionStage<TransportVerdict>> failures = List.of(
                    CompletableFuture.failedStage(new IOException("no")), CompletableFuture.completedStage(null));
            for (CompletionStage<TransportVerdict> failure : failures) {
                var registration = filters.transport(FilterSpec.of("broken"), connection -> failure);
                try (Socket client = proxy.connect()) {
                    assertClosed(client);
                }
                registration.unregister();
            }
            filters.transport(FilterSpec.of("broken"), connection -> {
                throw new IllegalStateException("no");
            });
            try (Socket client = proxy.connect()) {
                assertClosed(client);
            }
            assertThat(proxy.counters().refusedSoFar(Refusal.PLUGIN)).isEqualTo(3);
        }

        @Test
        void may_leave_while_a_filter_thinks() throws Exception {
            var answers = new LinkedBlockingQueue<CompletableFuture<TransportVerdict>>();
            filters.transport(
                    FilterSpec.of("watcher").withPriority(EventPriority.FIRST),
                    connection -> TransportVerdict.watch(new Diary(true)));
            filters.transport(FilterSpec.of("slow"), connection -> {
                var answer = new CompletableFuture<TransportVerdict>();
                answers.add(answer);
                return answer;
            });
            CompletableFuture<TransportVerdict> answer;
            try (Socket client = proxy.connect()) {
                answer = answers.take();
                client.setSoLinger(true, 0);
            }
            pass(Duration.ofSeconds(6));
            assertThat(note()).startsWith("closed");
            answer.complete(new TransportVerdict.Accept());
            assertThat(registry.transports().watched()).isZero();
        }
    }

    private static void assertClosed(Socket client) {
        int end;
        try {
            end = client.getInputStream().read();
        } catch (IOException reset) { // with bytes unread, the system says it so
            end = -1;
        }
        assertThat(end).isNegative();
    }

    /** Notes what it hears. */
    private final class Diary implements TransportWatch {

        private final boolean wantsData;
        private final List<Byte> client = new ArrayList<>();
        private final List<Byte> server = new ArrayList<>();

        Diary(boolean wantsData) {
            this.wantsData = wantsData;
        }

        @Override
        public boolean wantsData() {
            return wantsData;
        }

        @Override
        public DataVerdict clientData(TransportConnection connection, ByteView bytes) {
            while (bytes.remaining() > 0) {
                client.add(bytes.readByte());
            }
            return DataVerdict.pass();
        }

        @Override
        public DataVerdict serverData(TransportConnection connection, ByteView bytes) {
            while (bytes.remaining() > 0) {
                server.add(bytes.readByte());
            }
            return DataVerdict.pass();
        }

        @Override
        public void closed(TransportConnection connection) {
            notes.add("closed " + connection.received() + " " + connection.sent() + " " + client.size() + " "
                    + server.size() + " " + Arrays.hashCode(client.toArray()) + " "
                    + Arrays.hashCode(server.toArray()));
        }
    }

    private static int hash(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            boxed[i] = bytes[i];
        }
        return Arrays.hashCode(boxed);
    }

    @Nested
    class A_watched_connection {

        @Test
        void shows_every_byte_of_both_directions_and_its_end() throws Exception {
            filters.transport(FilterSpec.of("diary"), connection -> TransportVerdict.watch(new Diary(true)));
            byte[] up = new byte[300_000];
            byte[] down = new byte[500_000];
            new Random(1).nextBytes(up);
            new Random(2).nextBytes(down);
            System.arraycopy(OPENING, 0, up, 0, OPENING.length);
            try (Socket client = proxy.connect()) {
                Thread.ofVirtual().start(() -> {
                    try {
                        client.getOutputStream().write(up);
                    } catch (IOException e) {
                        notes.add("cannot write: " + e);
                    }
                });
                try (Socket accepted = listening.accept()) {
                    assertThat(accepted.getInputStream().readNBytes(up.length)).isEqualTo(up);
                    Thread.ofVirtual().start(() -> {
                        try {
                            accepted.getOutputStream().write(down);
                        } catch (IOException e) {
                            notes.add("cannot write: " + e);
                        }
                    });
                    assertThat(client.getInputStream().readNBytes(down.length)).isEqualTo(down);
                }
            }
            assertThat(note())
                    .isEqualTo("closed " + up.length + " " + down.length + " " + up.length + " " + down.length + " "
                            + hash(up) + " " + hash(down));
            assertThat(registry.transports().watched()).isZero();
            if (mode == ProxyMode.ZERO_COPY) {
                assertThat(log.lines())
                        .filteredOn(line -> line.contains("zero_copy: a transport filter of a plugin wants the bytes"))
                        .hasSize(1);
            }
        }

        @Test
        void whose_bytes_nobody_wants_only_tells_its_end() throws Exception {
            filters.transport(FilterSpec.of("diary"), connection -> TransportVerdict.watch(new Diary(false)));
            try (Socket client = proxy.connect()) {
                assertServed(client);
            }
            assertThat(note()).startsWith("closed 0 0 0 0");
            assertThat(log.lines()).noneMatch(line -> line.contains("zero_copy: a transport"));
        }

        @Test
        void may_be_given_other_bytes_in_the_order_of_the_filters() throws Exception {
            filters.transport(FilterSpec.of("one"), connection -> TransportVerdict.watch(new Appending('1')));
            filters.transport(FilterSpec.of("two"), connection -> TransportVerdict.watch(new Appending('2')));
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = listening.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length + 2);
                    client.getOutputStream().write('c');
                    assertThat(new String(accepted.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                            .isEqualTo("c12");
                    accepted.getOutputStream().write('s');
                    assertThat(new String(client.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                            .isEqualTo("s21");
                }
            }
        }

        /** Adds a letter behind each piece. */
        private record Appending(char letter) implements TransportWatch {

            @Override
            public DataVerdict clientData(TransportConnection connection, ByteView bytes) {
                byte[] more = new byte[bytes.length() + 1];
                bytes.readBytes(more, 0, bytes.length());
                more[more.length - 1] = (byte) letter;
                return DataVerdict.replace(more);
            }

            @Override
            public DataVerdict serverData(TransportConnection connection, ByteView bytes) {
                return clientData(connection, bytes);
            }
        }

        @Test
        void is_closed_when_a_filter_says_so() throws Exception {
            filters.transport(
                    FilterSpec.of("minds"),
                    connection -> TransportVerdict.watch(new TransportWatch() {
                        @Override
                        public DataVerdict clientData(TransportConnection from, ByteView bytes) {
                            return bytes.at(0) == '!' ? DataVerdict.close() : DataVerdict.pass();
                        }
                    }));
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = listening.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length);
                    client.getOutputStream().write('!');
                    assertClosed(client);
                    assertThat(accepted.getInputStream().read()).isNegative();
                }
            }
        }

        @Test
        void goes_on_without_a_watch_that_fails() throws Exception {
            filters.transport(
                    FilterSpec.of("broken"),
                    connection -> TransportVerdict.watch(new TransportWatch() {
                        @Override
                        public DataVerdict clientData(TransportConnection from, ByteView bytes) {
                            notes.add("asked");
                            return bytes.at(bytes.length()) == 0 ? DataVerdict.close() : DataVerdict.pass();
                        }

                        @Override
                        public void closed(TransportConnection from) {
                            notes.add("closed");
                        }
                    }));
            try (Socket client = proxy.connect()) {
                assertServed(client);
            }
            assertThat(note()).isEqualTo("asked");
            assertThat(note()).isEqualTo("closed");
        }

        @Test
        void goes_on_without_a_filter_that_is_gone() throws Exception {
            var registration =
                    filters.transport(FilterSpec.of("diary"), connection -> TransportVerdict.watch(new Diary(true)));
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(OPENING);
                try (Socket accepted = listening.accept()) {
                    accepted.getInputStream().readNBytes(OPENING.length);
                    registration.unregister();
                    assertThat(note()).startsWith("closed " + OPENING.length + " 0 " + OPENING.length);
                    client.getOutputStream().write(7);
                    assertThat(accepted.getInputStream().read()).isEqualTo(7);
                }
            }
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void behind_a_proxy_header_the_real_address_is_known_and_what_came_with_it_waits() throws Exception {
        start(ProxyConfig.builder()
                .receiveProxyProtocol(new ReceiveProxyProtocol(
                        ReceiveProxyProtocol.Presence.REQUIRED, AddressSet.of(List.of(Cidr.parse("127.0.0.1/32")))))
                .build());
        var answers = new LinkedBlockingQueue<CompletableFuture<TransportVerdict>>();
        filters.transport(FilterSpec.of("slow"), connection -> {
            notes.add(connection.realAddress().map(InetAddress::getHostAddress).orElse("none") + " "
                    + connection.peer().getAddress().getHostAddress());
            var answer = new CompletableFuture<TransportVerdict>();
            answers.add(answer);
            return answer;
        });
        try (Socket client = proxy.connect()) {
            client.getOutputStream()
                    .write("PROXY TCP4 192.0.2.7 192.0.2.8 1000 25565\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(OPENING);
            assertThat(note()).isEqualTo("192.0.2.7 127.0.0.1");
            answers.take().complete(new TransportVerdict.Watch(new Diary(true)));
            try (Socket accepted = listening.accept()) {
                assertThat(accepted.getInputStream().readNBytes(OPENING.length)).isEqualTo(OPENING);
            }
        }
        assertThat(note()).startsWith("closed " + OPENING.length);
    }
}
