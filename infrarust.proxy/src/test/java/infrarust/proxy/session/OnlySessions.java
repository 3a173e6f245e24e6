package infrarust.proxy.session;

import infrarust.proxy.ban.GivenBans;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.CodecFilters;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.Gate;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.permission.GivenPermissions;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;

/** The rooms behind the gate where only sessions matter: pings and what is merely relayed are closed. */
final class OnlySessions {

    /** For servers; a player who would go into limbo is a fault of the test. */
    static final LimboEntry NO_LIMBO = client -> {
        throw new AssertionError("nobody goes into limbo here");
    };

    /** A clock that stands still. */
    private static final Deadlines NEVER = (delay, action) -> () -> {};

    private OnlySessions() {}

    static Gate.Rooms rooms(
            Backends backends,
            EventDispatcher events,
            OnlinePlayers players,
            LimboEntry limbo,
            OnlineLogin online,
            Forwardings forwardings) {
        return rooms(backends, events, players, noCommands(), limbo, online, forwardings);
    }

    /** A proxy whose commands nobody has registered. */
    static ProxyCommands noCommands() {
        return new ProxyCommands(NEVER, (source, node) -> true);
    }

    static Gate.Rooms rooms(
            Backends backends,
            EventDispatcher events,
            OnlinePlayers players,
            ProxyCommands commands,
            LimboEntry limbo,
            OnlineLogin online,
            Forwardings forwardings) {
        return rooms(
                backends,
                events,
                players,
                commands,
                limbo,
                online,
                forwardings,
                new CodecFilters(EventDispatcher.DEFAULT_TIMEOUT));
    }

    static Gate.Rooms rooms(
            Backends backends,
            EventDispatcher events,
            OnlinePlayers players,
            ProxyCommands commands,
            LimboEntry limbo,
            OnlineLogin online,
            Forwardings forwardings,
            CodecFilters filters) {
        return rooms(
                backends, events, players, commands, new MessageChannels(players), limbo, online, forwardings, filters);
    }

    static Gate.Rooms rooms(
            Backends backends,
            EventDispatcher events,
            OnlinePlayers players,
            ProxyCommands commands,
            MessageChannels channels,
            LimboEntry limbo,
            OnlineLogin online,
            Forwardings forwardings,
            CodecFilters filters) {
        return new Gate.Rooms(
                client -> client.close(),
                client -> client.close(),
                client -> client.close(),
                new Sessions(
                        backends,
                        new LoginGuard(events),
                        GivenBans.none(events, players, NEVER),
                        GivenPermissions.of(PermissionSettings.defaults(), events, NEVER),
                        events,
                        players,
                        commands,
                        channels,
                        limbo,
                        online,
                        forwardings,
                        filters));
    }
}
