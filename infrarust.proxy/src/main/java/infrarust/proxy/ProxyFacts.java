package infrarust.proxy;

import infrarust.api.ProxyInfo;
import infrarust.api.player.Players;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.telemetry.ConnectionCounters;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What plugins can know of the proxy. */
final class ProxyFacts implements ProxyInfo {

    private final Instant startedAt = Instant.now();
    private final Players players;
    private final ConnectionCounters counters;
    private final Consumer<String> stop;

    /** Read while the first plugins start already. */
    private final CompletableFuture<PacketTable> packets = new CompletableFuture<>();

    /** @param stop asks for an orderly stop, with the reason, and returns at once */
    ProxyFacts(Players players, ConnectionCounters counters, Consumer<String> stop) {
        this.players = players;
        this.counters = counters;
        this.stop = stop;
    }

    void learn(PacketTable table) {
        packets.complete(table);
    }

    @Override
    public String version() {
        return Usage.version();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public int players() {
        return players.count();
    }

    @Override
    public long connectionsSoFar() {
        return counters.acceptedSoFar();
    }

    @Override
    public int oldestProtocol() {
        return packets.join().versions().getFirst().number();
    }

    @Override
    public int newestProtocol() {
        return packets.join().newest().number();
    }

    @Override
    public void requestStop(String reason) {
        stop.accept(reason);
    }
}
