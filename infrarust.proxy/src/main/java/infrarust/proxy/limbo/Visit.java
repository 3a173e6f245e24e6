package infrarust.proxy.limbo;

import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.session.LimboClient;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stay in the void world: configuration, then the game, where it is kept alive until it leaves or goes to a server.
 * Whatever else the client sends is of no interest to an empty world. Only the client's event loop.
 */
final class Visit implements LimboClient.Listener {

    /** From the start of the configuration until the client has acknowledged its end. */
    static final Duration CONFIGURATION = Duration.ofSeconds(10);
    /** Between two keep-alives. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    /** From a keep-alive until its answer. */
    static final Duration ANSWER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    private static final Component TOO_SLOW = Component.text("The configuration took too long.");
    private static final Component TIMED_OUT = Component.translatable("disconnect.timeout", "Timed out");
    private static final Component NO_PACK =
            Component.text("The waiting room of this address does not know the data of your version of Minecraft.");
    private static final Component BROKEN = Component.text("The waiting room of this address is out of order.");

    private final LimboClient client;
    private @Nullable WorldPackets world;
    private Step step = Step.WAITING;
    private @Nullable ScheduledFuture<?> ticks;
    private long lastKeepAlive;
    private boolean answered = true;

    private enum Step {
        /** The packets of the version are being made. */
        WAITING,
        /** The client has been asked which packs it has. */
        PACKS,
        /** The client has been told that the configuration ends. */
        FINISHING,
        /** In the world. */
        PLAYING,
        /** The client is gone, or will be. */
        OVER
    }

    Visit(LimboClient client) {
        this.client = client;
    }

    /** The packets of the client's version are there. */
    void begin(WorldPackets packets) {
        if (step != Step.WAITING) {
            return;
        }
        world = packets;
        step = Step.PACKS;
        client.deadline(CONFIGURATION, TOO_SLOW);
        packets.greet(client);
    }

    /** The packets of the client's version could not be made, which is a fault of the proxy's distribution. */
    void fail(Throwable failure) {
        LOG.error(
                "The limbo has no packets for protocol {}: {}",
                client.packetIds().protocol(),
                failure.getMessage(),
                failure);
        leave(BROKEN);
    }

    @Override
    public void packet(int id, ByteBuf body) {
        PacketType type = client.packetIds().type(client.state(), Direction.SERVERBOUND, id);
        switch (type) {
            case SERVERBOUND_CONFIGURATION_KNOWN_PACKS -> packs(body);
            case SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION -> play();
            case SERVERBOUND_PLAY_KEEP_ALIVE -> alive(KeepAlive.PLAY_SERVERBOUND.read(body, client.packetIds()));
            default -> {}
        }
    }

    private void packs(ByteBuf body) {
        WorldPackets packets = world;
        if (step != Step.PACKS || packets == null) {
            return;
        }
        step = Step.FINISHING;
        if (!packets.configure(client, KnownPacks.SERVERBOUND.read(body, client.packetIds()))) {
            leave(NO_PACK);
        }
    }

    private void play() {
        WorldPackets packets = world;
        if (step != Step.FINISHING || packets == null || client.state() != ConnectionState.CONFIGURATION) {
            return;
        }
        step = Step.PLAYING;
        client.noDeadline();
        client.enterPlay();
        ticks = client.eventLoop()
                .scheduleAtFixedRate(
                        this::keepAlive, KEEP_ALIVE.toMillis(), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
        // Who waits for the client to be in a world may take it away from here at once.
        packets.join(client);
    }

    private void keepAlive() {
        // The deadline of the last one decides; another would move it.
        if (step != Step.PLAYING || !answered) {
            return;
        }
        answered = false;
        lastKeepAlive++;
        client.send(KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(lastKeepAlive));
        client.flush();
        client.deadline(ANSWER, TIMED_OUT);
    }

    private void alive(KeepAlive answer) {
        if (!answered && answer.id() == lastKeepAlive) {
            answered = true;
            client.noDeadline();
        }
    }

    private void leave(Component reason) {
        stop();
        client.disconnect(reason);
    }

    @Override
    public void gone() {
        stop();
    }

    private void stop() {
        step = Step.OVER;
        ScheduledFuture<?> running = ticks;
        if (running != null) {
            running.cancel(false);
            ticks = null;
        }
    }
}
