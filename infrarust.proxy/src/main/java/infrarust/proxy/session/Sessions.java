package infrarust.proxy.session;

import infrarust.api.event.ServerPreConnectEvent.Cause;
import infrarust.api.player.Player;
import infrarust.proxy.ban.ProxyBans;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.filter.CodecFilters;
import infrarust.proxy.gate.Backends;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.gate.JoinHandler;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.messaging.BungeeCordChannel;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.ZlibChoice;
import infrarust.proxy.service.MessageChannels;
import infrarust.proxy.service.OnlinePlayers;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import net.kyori.adventure.text.Component;

/**
 * Serves {@code client_only} and {@code offline} servers: reads the login start, asks the plugins, verifies the account,
 * connects to the server (or enters the limbo), and bridges. One object for the whole proxy; any thread.
 */
public final class Sessions implements JoinHandler {

    /** How long a client may take from its handshake to its login start. */
    public static final Duration LOGIN_START_TIME = Duration.ofSeconds(10);

    private final Backends backends;
    private final LoginGuard guard;
    private final ProxyBans bans;
    private final PlayerPermissions permissions;
    private final EventDispatcher events;
    private final OnlinePlayers players;
    private final ProxyCommands commands;
    private final MessageChannels channels;
    private final BungeeCordChannel bungeeCord;
    private final LimboEntry limbo;
    private final OnlineLogin online;
    private final Forwardings forwardings;
    private final CodecFilters filters;
    private final ZlibChoice zlib = new ZlibChoice(
            work -> Thread.ofPlatform().daemon().name("libdeflate").start(work));
    private final FastThreadLocal<Compression> compression = new FastThreadLocal<>() {
        @Override
        protected Compression initialValue() {
            return new Compression(zlib);
        }

        @Override
        protected void onRemoval(Compression ofLoop) {
            ofLoop.close();
        }
    };

    /**
     * @param backends how servers are reached
     * @param guard who may log in
     * @param bans who is kept out
     * @param permissions what players may do
     * @param events where plugins listen
     * @param players the list of who is connected
     * @param commands those of the proxy
     * @param channels on which plugins want to hear clients and servers
     * @param limbo where players go who are on no server
     * @param online how accounts are verified
     * @param forwardings how servers are told who players are
     * @param filters what plugins do to the packets of players
     */
    public Sessions(
            Backends backends,
            LoginGuard guard,
            ProxyBans bans,
            PlayerPermissions permissions,
            EventDispatcher events,
            OnlinePlayers players,
            ProxyCommands commands,
            MessageChannels channels,
            LimboEntry limbo,
            OnlineLogin online,
            Forwardings forwardings,
            CodecFilters filters) {
        this.backends = backends;
        this.guard = guard;
        this.bans = bans;
        this.permissions = permissions;
        this.events = events;
        this.players = players;
        this.commands = commands;
        this.channels = channels;
        this.bungeeCord = new BungeeCordChannel(players, channels, Sessions::connectForServer);
        channels.onChange(this::channelsChanged);
        this.limbo = limbo;
        this.online = online;
        this.forwardings = forwardings;
        this.filters = filters;
    }

    private static void connectForServer(Player player, String server) {
        if (player instanceof SessionPlayer known) {
            known.session().whereabouts().connect(server, Cause.PLUGIN_MESSAGE);
        }
    }

    private void channelsChanged() {
        players.all().forEach(player -> {
            if (player instanceof SessionPlayer known) {
                known.session().whereabouts().interestChanged();
            }
        });
    }

    @Override
    public void handle(ClientConnection client) {
        PacketTable table = client.packetTable();
        ProtocolVersion oldest = table.versions().getFirst();
        ProtocolVersion newest = table.newest();
        int protocol = client.handshake().protocol();
        if (protocol < oldest.number() || protocol > newest.number()) {
            client.refuse(Component.text("This proxy speaks Minecraft " + oldest + " to " + newest
                    + ", and your client speaks protocol " + protocol + "."));
            return;
        }
        zlib.seek();
        client.deadline(LOGIN_START_TIME);
        var login = new LoginStage(this, client);
        client.handOver(login.link());
    }

    /** The channels that plugins have registered. */
    MessageChannels channels() {
        return channels;
    }

    /** What servers ask of the proxy. */
    BungeeCordChannel bungeeCord() {
        return bungeeCord;
    }

    /** The compression of the loop that calls. */
    Compression compression() {
        return compression.get();
    }

    Backends backends() {
        return backends;
    }

    LoginGuard guard() {
        return guard;
    }

    ProxyBans bans() {
        return bans;
    }

    PlayerPermissions permissions() {
        return permissions;
    }

    LimboEntry limbo() {
        return limbo;
    }

    OnlineLogin online() {
        return online;
    }

    Forwardings forwardings() {
        return forwardings;
    }

    CodecFilters filters() {
        return filters;
    }

    EventDispatcher events() {
        return events;
    }

    OnlinePlayers players() {
        return players;
    }

    ProxyCommands commands() {
        return commands;
    }
}
