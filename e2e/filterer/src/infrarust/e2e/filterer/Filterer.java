package infrarust.e2e.filterer;

import com.sun.net.httpserver.HttpServer;
import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.EventPriority;
import infrarust.api.filter.ByteView;
import infrarust.api.filter.CodecFilter;
import infrarust.api.filter.CodecSession;
import infrarust.api.filter.DataVerdict;
import infrarust.api.filter.FilterSpec;
import infrarust.api.filter.Frame;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.PacketWriter;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.TransportConnection;
import infrarust.api.filter.TransportVerdict;
import infrarust.api.filter.TransportWatch;
import infrarust.api.filter.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What it does depends on what is said:
 *
 * <ul>
 *   <li>a player's "swallow me" goes nowhere, "change me" becomes "changed", and "wait" takes 300 ms
 *   <li>a server's line with "hush" goes nowhere, one with "twice" comes twice
 *   <li>connections from 127.0.0.9 are rejected, late ones from 127.0.0.7 too, and the bytes of those from 127.0.0.8 are counted: {@code
 *       /bytes} on the loopback port of the system property {@code e2e.filterer} answers how many came, went, and how many connections
 *       have ended
 * </ul>
 */
public final class Filterer implements Plugin {

    private static final PacketInterest MESSAGES = PacketInterest.names(PacketState.PLAY, "plugin_message");

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("filterer", "Filterer", "1.0.0");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws IOException {
        var filters = context.filters();
        filters.codec(FilterSpec.of("filterer:chat"), session -> Optional.of(chat(session)));
        filters.codec(FilterSpec.of("filterer:looks").before("filterer:chat"), session ->
                Optional.of(new Looking(MESSAGES, frame -> Verdict.pass())));
        filters.listenAsync(
                PacketDirection.SERVERBOUND,
                PacketInterest.names(PacketState.PLAY, "chat_legacy", "chat_keyed", "chat_session"),
                EventPriority.NORMAL,
                (player, packet) -> CompletableFuture.supplyAsync(Verdict::pass, executor(packet)));
        filters.transport(FilterSpec.of("filterer:door"), this::door);
        serve();
        return Plugin.done();
    }

    private static Executor executor(RawPacket packet) {
        return new String(packet.body(), StandardCharsets.ISO_8859_1).contains("wait")
                ? CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                : Runnable::run;
    }

    private static CodecFilter chat(CodecSession session) {
        return session.direction() == PacketDirection.SERVERBOUND
                ? new Looking(
                        PacketInterest.names(PacketState.PLAY, "chat_legacy", "chat_keyed", "chat_session"),
                        Filterer::ofPlayer)
                : new Looking(PacketInterest.names(PacketState.PLAY, "chat_legacy", "system_chat"), Filterer::ofServer);
    }

    private static Verdict ofPlayer(Frame frame) {
        return switch (frame.readString(256)) {
            case "swallow me" -> Verdict.drop();
            case "change me" ->
                Verdict.replace(new PacketWriter(frame.id())
                        .writeString("changed")
                        .writeBytes(frame.readBytes(frame.remaining()))
                        .packet());
            default -> Verdict.pass();
        };
    }

    private static Verdict ofServer(Frame frame) {
        RawPacket packet = frame.copy();
        String line = new String(packet.body(), StandardCharsets.ISO_8859_1);
        if (line.contains("twice")) {
            frame.injectAfter(packet);
        }
        return line.contains("hush") ? Verdict.drop() : Verdict.pass();
    }

    /** Wants some packets. */
    private record Looking(PacketInterest interest, Function<Frame, Verdict> look) implements CodecFilter {
        @Override
        public Verdict filter(Frame frame) {
            return look.apply(frame);
        }
    }

    private CompletionStage<TransportVerdict> door(TransportConnection connection) {
        return switch (connection.peer().getAddress().getHostAddress()) {
            case "127.0.0.9" -> TransportVerdict.reject();
            case "127.0.0.7" ->
                CompletableFuture.supplyAsync(
                        TransportVerdict.Reject::new, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            case "127.0.0.8" -> TransportVerdict.watch(new Counting());
            default -> TransportVerdict.accept();
        };
    }

    private final class Counting implements TransportWatch {

        @Override
        public DataVerdict clientData(TransportConnection connection, ByteView bytes) {
            received.addAndGet(bytes.length());
            return DataVerdict.pass();
        }

        @Override
        public DataVerdict serverData(TransportConnection connection, ByteView bytes) {
            sent.addAndGet(bytes.length());
            return DataVerdict.pass();
        }

        @Override
        public void closed(TransportConnection connection) {
            ended.incrementAndGet();
        }
    }

    private void serve() throws IOException {
        int port = Integer.getInteger("e2e.filterer");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        http.createContext("/bytes", exchange -> {
            byte[] answer = (received + " " + sent + " " + ended).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
    }
}
