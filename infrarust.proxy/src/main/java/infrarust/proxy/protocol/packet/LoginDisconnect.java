package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.text.TextDialect;
import net.kyori.adventure.text.Component;

/**
 * The end of a login, with a reason.
 *
 * @param json a text component; JSON in all versions
 */
public record LoginDisconnect(String json) {

    private static final int MAX_JSON = 262_144;

    /** Wire layout. */
    public static final PacketLayout<LoginDisconnect> LAYOUT = PacketLayout.always(
            PacketType.CLIENTBOUND_LOGIN_DISCONNECT,
            Layout.fields(Layout.string(MAX_JSON), LoginDisconnect::json, LoginDisconnect::new));

    /** With the reason in the words of that version. */
    public static LoginDisconnect of(PacketIds ids, Component reason) {
        return new LoginDisconnect(TextDialect.at(ids.protocol()).json(reason));
    }
}
