package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;

/** Questions of plugins and mods during the login, and the answers; since 1.13. */
public final class LoginPlugin {

    private LoginPlugin() {}

    /**
     * A server asks.
     *
     * @param id what the answer repeats
     * @param channel what it is about
     * @param payload anything
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
    public record Request(int id, String channel, byte[] payload) {
        /** Wire layout. */
        public static final PacketLayout<Request> LAYOUT = PacketLayout.always(
                PacketType.CLIENTBOUND_LOGIN_PLUGIN_REQUEST,
                Layout.fields(
                        Layout.VAR_INT,
                        Request::id,
                        Layout.string(Wire.MAX_STRING),
                        Request::channel,
                        Layout.REST,
                        Request::payload,
                        Request::new));
    }

    /**
     * A client answers.
     *
     * @param id that of the request
     * @param understood whether the client knows the channel
     * @param payload the answer, when understood
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
    public record Response(int id, boolean understood, byte[] payload) {
        /** Wire layout. */
        public static final PacketLayout<Response> LAYOUT = PacketLayout.always(
                PacketType.SERVERBOUND_LOGIN_PLUGIN_RESPONSE,
                Layout.fields(
                        Layout.VAR_INT,
                        Response::id,
                        Layout.BOOLEAN,
                        Response::understood,
                        Layout.REST,
                        Response::payload,
                        Response::new));
    }
}
