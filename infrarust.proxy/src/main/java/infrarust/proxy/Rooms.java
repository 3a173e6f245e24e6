package infrarust.proxy;

import infrarust.proxy.ban.BanBarrier;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.CodecFilters;
import infrarust.proxy.forward.Forwarding;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.limbo.VoidWorld;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.net.Network;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.session.Sessions;
import infrarust.proxy.status.Motds;
import infrarust.proxy.status.Pings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who serves which kind of connection: the rooms behind the gate, given what they need of each other. */
record Rooms(
        ProxySnapshot snapshot,
        Path workingDirectory,
        PacketTable packets,
        Network network,
        EventDispatcher events,
        OnlinePlayers players,
        ProxyCommands commands,
        MessageChannels channels,
        OnlineLogin online,
        Forwardings forwardings,
        CodecFilters filters,
        Backends backends,
        AccessSetup access) {

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    /** Wires them. */
    Gate.Rooms wire(Pings pings) {
        var barrier = new BanBarrier(access.bans());
        return new Gate.Rooms(
                barrier.beforePings(pings.status()),
                barrier.beforeLegacyPings(pings.legacy()),
                barrier.beforeLogins(
                        new Forwarding(backends, barrier.names(), new LoginGuard(events), events, players)),
                new Sessions(
                        backends,
                        new LoginGuard(events),
                        access.bans(),
                        access.permissions(),
                        events,
                        players,
                        commands,
                        channels,
                        limbo(),
                        online,
                        forwardings,
                        filters));
    }

    private VoidWorld limbo() {
        return new VoidWorld(packets, work -> Thread.ofVirtual().name("limbo").start(work));
    }

    /** Who answers pings. */
    Pings pings() {
        return new Pings(
                snapshot.config().statusCache(),
                Motds.read(snapshot, workingDirectory, players::count, LOG::warn),
                backends,
                events,
                System::nanoTime);
    }
}
