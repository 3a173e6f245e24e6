package infrarust.proxy.limbo;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.session.LimboClient;
import infrarust.proxy.session.LimboEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import net.kyori.adventure.text.Component;

/**
 * The world without blocks that the proxy holds itself, for every version that it has registries of. One object for the whole
 * proxy; any thread.
 */
public final class VoidWorld implements LimboEntry {

    private final PacketTable packets;
    private final Executor background;
    private final Map<Integer, CompletableFuture<WorldPackets>> byProtocol = new ConcurrentHashMap<>();
    private final Component tooOld;

    /**
     * @param packets ids of all versions
     * @param background reads and makes the packets of a version when its first client enters, some milliseconds of work
     */
    public VoidWorld(PacketTable packets, Executor background) {
        this.packets = packets;
        this.background = background;
        List<ProtocolVersion> served = served();
        this.tooOld = Component.text(
                "The waiting room needs Minecraft " + served.getFirst() + " to " + served.getLast() + ".");
    }

    /** The versions that can enter, oldest first. */
    public List<ProtocolVersion> served() {
        return packets.versions().stream()
                .filter(version -> RegistryResource.exists(version.number()))
                .toList();
    }

    @Override
    public Optional<Component> refusal(PacketIds ids) {
        return packets.isKnown(ids.protocol()) && RegistryResource.exists(ids.protocol())
                ? Optional.empty()
                : Optional.of(tooOld);
    }

    @Override
    public void enter(LimboClient client) {
        var visit = new Visit(client);
        client.onPacket(visit);
        PacketIds ids = client.packetIds();
        Optional<Component> refusal = refusal(ids);
        if (refusal.isPresent()) {
            client.disconnect(Component.text("There is no server behind this address yet.")
                    .appendNewline()
                    .append(refusal.get()));
            return;
        }
        CompletableFuture<WorldPackets> made = byProtocol.computeIfAbsent(
                ids.protocol(),
                protocol -> CompletableFuture.supplyAsync(
                        () -> WorldPackets.of(packets.ids(protocol), RegistryResource.read(protocol)), background));
        if (made.isDone() && !made.isCompletedExceptionally()) {
            visit.begin(made.join());
            return;
        }
        var _ = made.whenComplete((world, failure) -> client.eventLoop().execute(() -> {
            if (failure == null) {
                visit.begin(world);
            } else {
                visit.fail(failure);
            }
        }));
    }
}
