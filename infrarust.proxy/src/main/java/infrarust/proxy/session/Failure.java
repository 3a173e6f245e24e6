package infrarust.proxy.session;

import infrarust.api.event.KickedFromServerEvent.Cause;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.protocol.text.PlainText;
import net.kyori.adventure.text.Component;

/**
 * A server does not keep or does not take a player.
 *
 * @param server which
 * @param cause what happened
 * @param reason for the player: the server's words where it gave some
 */
record Failure(ServerConfig server, Cause cause, Component reason) {

    /** In the words that the server's configuration has for it. */
    static Failure wordless(Session session, ServerConfig server, Cause cause) {
        return new Failure(
                server,
                cause,
                PlainText.parse(server.disconnectMessage(session.profile().username())));
    }
}
