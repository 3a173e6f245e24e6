package infrarust.proxy.login;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import infrarust.api.player.GameProfile;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.protocol.ConnectionState;
import infrarust.proxy.protocol.Direction;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginCookieRequest;
import infrarust.proxy.protocol.packet.LoginCookieResponse;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.SetCompression;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Logs in at a server as a session would, and tells what came of it. Goes no further than the server's yes: where the version
 * has the configuration state, the player never enters the world. Waits; for threads that may.
 */
public final class LoginProbe {

    /** For all that is read after the connection, of each conversation anew: a status, a login, one with another secret. */
    private static final Duration WHOLE = Duration.ofSeconds(15);

    /** No server asks so much; one that does is not waited for. */
    private static final int MAX_PACKETS = 256;

    private final PacketTable packets;
    private final InetSocketAddress address;
    private final Optional<ProxyHeader.Version> header;
    private final Duration connect;

    /**
     * @param packets ids of all versions
     * @param address of the server, looked up
     * @param header the form in which the server reads first whose connection it is, if it does
     * @param connect how long a connection may take to come about
     */
    public LoginProbe(
            PacketTable packets, InetSocketAddress address, Optional<ProxyHeader.Version> header, Duration connect) {
        this.packets = packets;
        this.address = address;
        this.header = header;
        this.connect = connect;
    }

    /**
     * What a server says about its version.
     *
     * @param name as shown to players
     * @param protocol its number, any
     */
    public record Version(String name, int protocol) {}

    /**
     * A login.
     *
     * @param asked the newest version of Velocity's forwarding that the server asked for
     * @param channels on which the server asked something else
     * @param outcome how it ended
     */
    public record Login(OptionalInt asked, List<String> channels, Outcome outcome) {
        public Login {
            channels = List.copyOf(channels);
        }
    }

    /** How a login ended. */
    public sealed interface Outcome {

        /** The server lets the player in, as this one. */
        record Accepted(UUID uuid) implements Outcome {}

        /**
         * It does not.
         *
         * @param reason JSON, as it came
         */
        record Refused(String reason) implements Outcome {}

        /** It wants to encrypt, which is how a server in online mode begins. */
        record OnlineMode() implements Outcome {}

        /**
         * It has closed the connection without a reason.
         *
         * @param silent whether it had said nothing at all
         */
        record Closed(boolean silent) implements Outcome {}

        /** It has not come to an end in time. */
        record TooSlow() implements Outcome {}

        /**
         * It has said something that is not the protocol.
         *
         * @param why in words
         */
        record Malformed(String why) implements Outcome {}
    }

    /**
     * Asks for the server's status, as a client of the newest version.
     *
     * @param host under which the server is asked
     * @return empty when it does not answer with one
     * @throws IOException when there is no connection
     */
    public Optional<Version> version(String host) throws IOException {
        PacketIds ids = packets.ids(packets.newest().number());
        try (BackendSocket server = BackendSocket.connect(address, header, ids, connect, WHOLE)) {
            try {
                server.send(Handshake.LAYOUT, new Handshake(ids.protocol(), host, address.getPort(), Handshake.STATUS));
                server.send(Marker.STATUS_REQUEST, Marker.MARKER);
                ByteBuf answer = server.receive();
                Wire.readVarInt(answer);
                return version(JsonParser.parseString(Wire.readString(answer, Wire.MAX_STRING)));
            } catch (IOException | MalformedPacketException | JsonParseException e) {
                return Optional.empty(); // many servers have their status off, which is no fault
            }
        }
    }

    private static Optional<Version> version(JsonElement status) {
        if (status instanceof JsonObject whole
                && whole.get("version") instanceof JsonObject version
                && version.get("protocol") instanceof JsonPrimitive protocol
                && protocol.isNumber()) {
            String name = version.get("name") instanceof JsonPrimitive text ? text.getAsString() : "";
            return Optional.of(new Version(name, protocol.getAsInt()));
        }
        return Optional.empty();
    }

    /**
     * Logs in.
     *
     * @param dialed the handshake as it would be without forwarding
     * @param forwarding how the server is told who the player is
     * @throws IOException when there is no connection
     */
    public Login login(Handshake dialed, IdentityForwarding forwarding, GameProfile profile) throws IOException {
        PacketIds ids = packets.ids(dialed.protocol());
        try (BackendSocket server = BackendSocket.connect(address, header, ids, connect, WHOLE)) {
            var conversation = new Conversation(server, forwarding, Identity.of(profile, server.localAddress()));
            Outcome outcome = conversation.hold(dialed);
            return new Login(conversation.asked, conversation.channels, outcome);
        }
    }

    /** One login, packet by packet. */
    private static final class Conversation {

        private final BackendSocket server;
        private final IdentityForwarding forwarding;
        private final Identity player;
        private final List<String> channels = new ArrayList<>();
        private OptionalInt asked = OptionalInt.empty();
        private boolean silent = true;

        Conversation(BackendSocket server, IdentityForwarding forwarding, Identity player) {
            this.server = server;
            this.forwarding = forwarding;
            this.player = player;
        }

        Outcome hold(Handshake dialed) {
            try {
                GameProfile profile = player.profile();
                server.send(Handshake.LAYOUT, forwarding.handshake(dialed, player));
                // Not the forwarded UUID: some servers take the one from here, and would seem to have read the other.
                UUID ofTheName = OfflineProfile.uuid(profile.username());
                server.send(
                        LoginStart.LAYOUT,
                        new LoginStart(profile.username(), Optional.empty(), Optional.of(ofTheName)));
                for (int received = 0; received < MAX_PACKETS; received++) {
                    Optional<Outcome> end = heard(server.receive());
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
                return new Outcome.Malformed("more than " + MAX_PACKETS + " packets");
            } catch (SocketTimeoutException e) {
                return new Outcome.TooSlow();
            } catch (IOException e) { // closed, in order or with a reset
                return new Outcome.Closed(silent);
            } catch (MalformedPacketException e) {
                return new Outcome.Malformed(String.valueOf(e.getMessage()));
            }
        }

        private Optional<Outcome> heard(ByteBuf body) throws IOException {
            silent = false;
            PacketIds ids = server.ids();
            return switch (ids.type(ConnectionState.LOGIN, Direction.CLIENTBOUND, Wire.readVarInt(body))) {
                case CLIENTBOUND_LOGIN_PLUGIN_REQUEST -> {
                    answer(LoginPluginRequest.LAYOUT.read(body, ids));
                    yield Optional.empty();
                }
                case CLIENTBOUND_LOGIN_SET_COMPRESSION -> {
                    server.threshold(SetCompression.LAYOUT.read(body, ids).threshold());
                    yield Optional.empty();
                }
                case CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST -> Optional.of(new Outcome.OnlineMode());
                case CLIENTBOUND_LOGIN_DISCONNECT ->
                    Optional.of(new Outcome.Refused(
                            LoginDisconnect.LAYOUT.read(body, ids).json()));
                case CLIENTBOUND_LOGIN_SUCCESS ->
                    Optional.of(new Outcome.Accepted(LoginSuccess.UUID_ONLY.read(body, ids)));
                case CLIENTBOUND_LOGIN_COOKIE_REQUEST -> {
                    String key = LoginCookieRequest.LAYOUT.read(body, ids).key();
                    server.send(LoginCookieResponse.LAYOUT, new LoginCookieResponse(key, Optional.empty()));
                    yield Optional.empty();
                }
                default -> throw new MalformedPacketException("A packet that no login has");
            };
        }

        private void answer(LoginPluginRequest question) throws IOException {
            Optional<byte[]> answer = Optional.empty();
            if (question.channel().equals(VelocityForwarding.CHANNEL)) {
                asked = OptionalInt.of(VelocityForwarding.asked(question.content()));
                answer = forwarding.answer(question.content(), player);
            } else {
                channels.add(question.channel());
            }
            server.send(LoginPluginResponse.LAYOUT, new LoginPluginResponse(question.id(), answer));
        }
    }
}
