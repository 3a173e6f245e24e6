package infrarust.proxy.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a server can ask of the proxy on the BungeeCord channel. */
public enum BungeeCordCommand {
    /** Move the player. */
    CONNECT("Connect", "connect", true),
    /** Move another player. */
    CONNECT_OTHER("ConnectOther", "connect_other", false),
    /** The player's address. */
    IP("IP", "ip", true),
    /** Another player's address. */
    IP_OTHER("IPOther", "ip_other", true),
    /** How many are on a server. */
    PLAYER_COUNT("PlayerCount", "player_count", true),
    /** Who is on a server. */
    PLAYER_LIST("PlayerList", "player_list", true),
    /** Which servers there are. */
    GET_SERVERS("GetServers", "get_servers", true),
    /** Which server is asking. */
    GET_SERVER("GetServer", "get_server", true),
    /** Which server a player is on. */
    GET_PLAYER_SERVER("GetPlayerServer", "get_player_server", true),
    /** The player's account. */
    UUID("UUID", "uuid", true),
    /** Another player's account. */
    UUID_OTHER("UUIDOther", "uuid_other", true),
    /** A server's address. */
    SERVER_IP("ServerIP", "server_ip", true),
    /** Say something to a player. */
    MESSAGE("Message", "message", false),
    /** Say something to a player, as JSON. */
    MESSAGE_RAW("MessageRaw", "message_raw", false),
    /** End a player's connection. */
    KICK_PLAYER("KickPlayer", "kick_player", false),
    /** End a player's connection, with a reason as JSON. */
    KICK_PLAYER_RAW("KickPlayerRaw", "kick_player_raw", false),
    /** Send bytes to other servers. */
    FORWARD("Forward", "forward", true),
    /** Send bytes to the server that a player is on. */
    FORWARD_TO_PLAYER("ForwardToPlayer", "forward_to_player", true);

    private static final Map<String, BungeeCordCommand> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(BungeeCordCommand::word, Function.identity()));

    private final String word;
    private final String key;
    private final boolean usual;

    BungeeCordCommand(String word, String key, boolean usual) {
        this.word = word;
        this.key = key;
        this.usual = usual;
    }

    /** The command with that word on the channel. */
    public static Optional<BungeeCordCommand> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** What servers write. */
    public String word() {
        return word;
    }

    /** What the configuration calls it. */
    public String key() {
        return key;
    }

    /** Whether servers may use it unless the configuration says otherwise: what touches other players they may not. */
    public boolean isUsual() {
        return usual;
    }
}
