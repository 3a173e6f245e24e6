package infrarust.proxy.gate;

import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.Cidr;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.config.StatusCache;
import infrarust.proxy.event.NobodyListens;
import infrarust.proxy.fuzz.FuzzTarget;
import infrarust.proxy.net.AddressedChannel;
import infrarust.proxy.net.BackendConnector;
import infrarust.proxy.net.StandingClock;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.status.Motds;
import infrarust.proxy.status.Pings;
import infrarust.proxy.telemetry.BackendCounters;
import infrarust.proxy.telemetry.ConnectionCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A connection's first bytes: PROXY header, handshake, ping, and what clients before 1.7 send. The first byte says whether a
 * header is read, the second how the rest is cut. Nothing may be thrown into the pipeline or stay in memory.
 */
public final class OpeningTarget implements FuzzTarget {

    private static final int HEADER = 1;

    private final Gate plain = gate(ReceiveProxyProtocol.off());
    private final Gate behindBalancer = gate(new ReceiveProxyProtocol(
            ReceiveProxyProtocol.Presence.OPTIONAL, AddressSet.of(List.of(Cidr.parse("10.0.0.1")))));

    private static Gate gate(ReceiveProxyProtocol headers) {
        ProxySnapshot snapshot = ProxySnapshot.of(
                ProxyConfig.builder().receiveProxyProtocol(headers).build(),
                ServerConfig.builder("lobby")
                        .domains("a")
                        .addresses("127.0.0.1:1")
                        .build());
        BackendConnector nowhere = (loop, address, timeout, header, handler) ->
                loop.newFailedFuture(new IOException("there is no backend"));
        var backends =
                new Backends(nowhere, new Pools(snapshot, System::nanoTime, change -> {}), new BackendCounters());
        var pings = new Pings(
                StatusCache.defaults(),
                Motds.read(snapshot, Path.of(""), () -> 0, problem -> {}),
                backends,
                NobodyListens.dispatcher(),
                System::nanoTime);
        return new Gate(
                PacketTable.load(),
                host -> new Route(
                        snapshot,
                        host,
                        host.equals("a")
                                ? Optional.of(snapshot.servers().iterator().next())
                                : Optional.empty()),
                Admission.of(snapshot.config(), LoopbackProxy.noFilters(), System::nanoTime),
                new ConnectionCounters(),
                NobodyListens.dispatcher(),
                new Gate.Rooms(pings.status(), pings.legacy(), ClientConnection::close, ClientConnection::close));
    }

    @Override
    public List<byte[]> seeds() {
        String ping = "0800fb05016163dd01" + "0100" + "09010102030405060708";
        String login = "0800fb05016263dd02" + "060003426f6200";
        String header = HexFormat.of()
                .formatHex("PROXY TCP4 10.0.0.9 127.0.0.1 4711 25565\r\n".getBytes(StandardCharsets.US_ASCII));
        String binary = "0d0a0d0a000d0a515549540a2111000c7f0000017f00000110006300";
        String host = "004d0043007c00500069006e00670048006f00730074";
        String legacy = "fe01fa000b" + host + "00094a0001006100006fdd";
        List<byte[]> seeds = new ArrayList<>();
        for (String cut : new String[] {"00", "01", "07"}) {
            for (String each : new String[] {ping, login, "fe", "fe01", legacy, "0200", "02" + login}) {
                seeds.add(HexFormat.of().parseHex("00" + cut + each));
            }
            for (String each :
                    new String[] {header + ping, header + login, binary + ping, header + legacy, "50", ping}) {
                seeds.add(HexFormat.of().parseHex("01" + cut + each));
            }
        }
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Gate gate = (input[0] & HEADER) == 0 ? plain : behindBalancer;
        int cut = (input[1] & 0xFF) == 0 ? input.length : input[1] & 0xFF;
        var channel = new AddressedChannel();
        List<ByteBuf> sent = new ArrayList<>();
        try {
            channel.pipeline().addLast(gate.receive(channel, new StandingClock().scope(channel.eventLoop())));
            for (int at = 2; at < input.length && channel.isOpen(); at += cut) {
                int length = Math.min(cut, input.length - at);
                ByteBuf chunk =
                        PooledByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(input, at, length);
                sent.add(chunk);
                channel.writeInbound(chunk);
                channel.runPendingTasks();
            }
            channel.checkException();
        } finally {
            var _ = channel.close();
            channel.runPendingTasks();
            channel.releaseOutbound();
            for (Object left = channel.readInbound(); left != null; left = channel.readInbound()) {
                ReferenceCountUtil.release(left);
            }
        }
        for (ByteBuf chunk : sent) {
            if (chunk.refCnt() != 0) {
                throw new AssertionError("Bytes stay in memory after the end");
            }
        }
    }
}
