package infrarust.proxy.messaging;

import infrarust.api.message.MessageChannel;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.config.BungeeCordCommand;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.service.MessageChannels;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.gson.GsonComponentSerializer;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins of servers ask of the proxy on the BungeeCord channel, in the layout of {@link java.io.DataOutput}. Servers and players
 * outside the asking server's network do not exist here. A question about what is not there gets no answer, as such plugins know
 * it. Any thread; nothing here waits.
 */
public final class BungeeCordChannel {

    /** The channel. */
    public static final MessageChannel CHANNEL = MessageChannel.of("bungeecord:main", "BungeeCord");

    private static final String ALL = "ALL";
    private static final String ONLINE = "ONLINE";

    private static final Logger LOG = LoggerFactory.getLogger(BungeeCordChannel.class);

    private final Players players;
    private final MessageChannels channels;
    private final BiConsumer<Player, String> connect;

    /**
     * @param players who is connected
     * @param channels the way to servers
     * @param connect moves a player to a server
     */
    public BungeeCordChannel(Players players, MessageChannels channels, BiConsumer<Player, String> connect) {
        this.players = players;
        this.channels = channels;
        this.connect = connect;
    }

    /** The channel's name in a version. */
    public static String name(int protocolVersion) {
        return CHANNEL.nameIn(protocolVersion).orElseThrow();
    }

    /**
     * A server has said something.
     *
     * @param through the player on whose connection it came
     * @param from the server
     * @param servers all there are
     * @param allowed what may be asked
     * @param message what it has said
     */
    public void heard(
            Player through,
            ServerConfig from,
            Collection<ServerConfig> servers,
            Set<BungeeCordCommand> allowed,
            byte[] message) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        try {
            String word = in.readUTF();
            Optional<BungeeCordCommand> command = BungeeCordCommand.of(word);
            if (command.isEmpty()) {
                LOG.debug("The server {} asks for \"{}\" on the BungeeCord channel, which is unknown", from.id(), word);
            } else if (!allowed.contains(command.get())) {
                LOG.debug("The server {} may not use {} of the BungeeCord channel", from.id(), word);
            } else {
                new Question(through, from, servers, in).answer(command.get());
            }
        } catch (IOException cutOff) {
            LOG.debug("The server {} says something on the BungeeCord channel that ends too early", from.id());
        }
    }

    /** One message of a server. */
    private final class Question {

        private final Player through;
        private final ServerConfig from;
        private final List<ServerConfig> network;
        private final DataInputStream in;

        Question(Player through, ServerConfig from, Collection<ServerConfig> servers, DataInputStream in) {
            this.through = through;
            this.from = from;
            this.in = in;
            this.network = servers.stream().filter(this::isReachable).toList();
        }

        private boolean isReachable(ServerConfig server) {
            return server.id().equals(from.id())
                    || (from.network().isPresent() && from.network().equals(server.network()));
        }

        void answer(BungeeCordCommand command) throws IOException {
            switch (command) {
                case CONNECT -> server(in.readUTF()).ifPresent(server -> connect.accept(through, server.id()));
                case CONNECT_OTHER -> {
                    Optional<Player> other = player(in.readUTF());
                    Optional<ServerConfig> server = server(in.readUTF());
                    if (other.isPresent() && server.isPresent()) {
                        connect.accept(other.get(), server.get().id());
                    }
                }
                case IP -> reply(address(new Reply("IP"), through));
                case IP_OTHER ->
                    player(in.readUTF())
                            .ifPresent(other -> reply(address(new Reply("IPOther").text(name(other)), other)));
                case PLAYER_COUNT -> count(in.readUTF());
                case PLAYER_LIST -> list(in.readUTF());
                case GET_SERVERS ->
                    reply(new Reply("GetServers")
                            .text(network.stream().map(ServerConfig::id).collect(Collectors.joining(", "))));
                case GET_SERVER -> reply(new Reply("GetServer").text(from.id()));
                case GET_PLAYER_SERVER ->
                    player(in.readUTF())
                            .ifPresent(other -> reply(new Reply("GetPlayerServer")
                                    .text(name(other))
                                    .text(other.currentServer().orElse(""))));
                case UUID -> reply(new Reply("UUID").text(undashed(through)));
                case UUID_OTHER ->
                    player(in.readUTF())
                            .ifPresent(other -> reply(
                                    new Reply("UUIDOther").text(name(other)).text(undashed(other))));
                case SERVER_IP -> server(in.readUTF()).ifPresent(this::serverAddress);
                case MESSAGE -> {
                    List<Player> to = playersOrAll(in.readUTF());
                    Component text = LegacyComponentSerializer.legacySection().deserialize(in.readUTF());
                    to.forEach(each -> each.sendMessage(text));
                }
                case MESSAGE_RAW -> {
                    List<Player> to = playersOrAll(in.readUTF());
                    json(in.readUTF()).ifPresent(text -> to.forEach(each -> each.sendMessage(text)));
                }
                case KICK_PLAYER -> {
                    Optional<Player> other = player(in.readUTF());
                    Component reason = LegacyComponentSerializer.legacySection().deserialize(in.readUTF());
                    other.ifPresent(each -> each.disconnect(reason));
                }
                case KICK_PLAYER_RAW -> {
                    Optional<Player> other = player(in.readUTF());
                    json(in.readUTF()).ifPresent(reason -> other.ifPresent(each -> each.disconnect(reason)));
                }
                case FORWARD -> forward(in.readUTF(), forwarded());
                case FORWARD_TO_PLAYER -> {
                    Optional<Player> other = player(in.readUTF());
                    Reply bytes = forwarded();
                    other.ifPresent(each -> each.sendToServer(CHANNEL, bytes.bytes()));
                }
            }
        }

        private void count(String where) {
            if (where.equals(ALL)) {
                reply(new Reply("PlayerCount").text(where).number(everyone().count()));
            } else {
                server(where)
                        .ifPresent(server -> reply(new Reply("PlayerCount")
                                .text(server.id())
                                .number(players.onServer(server.id()).size())));
            }
        }

        private void list(String where) {
            if (where.equals(ALL)) {
                reply(new Reply("PlayerList").text(where).text(names(everyone())));
            } else {
                server(where)
                        .ifPresent(server -> reply(new Reply("PlayerList")
                                .text(server.id())
                                .text(names(players.onServer(server.id()).stream()))));
            }
        }

        private static String names(Stream<Player> some) {
            return some.map(BungeeCordChannel::name).collect(Collectors.joining(", "));
        }

        private void serverAddress(ServerConfig server) {
            server.addresses().stream()
                    .findFirst()
                    .ifPresent(address -> reply(new Reply("ServerIP")
                            .text(server.id())
                            .text(address.host())
                            .port(address.port())));
        }

        private static Reply address(Reply reply, Player player) {
            return reply.text(player.remoteAddress().getAddress().getHostAddress())
                    .number(player.remoteAddress().getPort());
        }

        /** What is passed on: the name of a channel of the plugins' own, and bytes. */
        private Reply forwarded() throws IOException {
            String channel = in.readUTF();
            byte[] bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            return new Reply(channel).port(bytes.length).raw(bytes);
        }

        private void forward(String where, Reply message) {
            if (where.equals(ALL) || where.equals(ONLINE)) {
                network.stream()
                        .filter(server -> !server.id().equals(from.id()))
                        .forEach(server -> send(server, message));
            } else {
                server(where).ifPresent(server -> send(server, message));
            }
        }

        private void send(ServerConfig server, Reply message) {
            byte[] bytes = message.bytes();
            if (bytes.length <= MessageChannels.MAX_TO_SERVER) {
                channels.sendToServer(server.id(), CHANNEL, bytes);
            }
        }

        private void reply(Reply reply) {
            byte[] bytes = reply.bytes();
            if (bytes.length <= MessageChannels.MAX_TO_SERVER) {
                through.sendToServer(CHANNEL, bytes);
            } else {
                LOG.debug("An answer of {} bytes on the BungeeCord channel is too long for a server", bytes.length);
            }
        }

        private Optional<ServerConfig> server(String id) {
            return network.stream().filter(server -> server.id().equals(id)).findFirst();
        }

        private Optional<Player> player(String name) {
            return players.byName(name).filter(this::isInNetwork);
        }

        private boolean isInNetwork(Player player) {
            return player.currentServer().flatMap(this::server).isPresent();
        }

        private Stream<Player> everyone() {
            return network.stream().flatMap(server -> players.onServer(server.id()).stream());
        }

        private List<Player> playersOrAll(String name) {
            return name.equals(ALL)
                    ? everyone().toList()
                    : player(name).stream().toList();
        }

        private Optional<Component> json(String text) {
            try {
                return Optional.of(GsonComponentSerializer.gson().deserialize(text));
            } catch (RuntimeException noComponent) { // what servers write makes the serializer throw more than it says
                LOG.debug("The server {} says something on the BungeeCord channel that is no component", from.id());
                return Optional.empty();
            }
        }
    }

    private static String name(Player player) {
        return player.profile().username();
    }

    /** As such plugins know it. */
    private static String undashed(Player player) {
        return player.profile().uuid().toString().replace("-", "");
    }
}
