package infrarust.proxy.session;

import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.login.ForwardingFault;
import infrarust.proxy.login.Identity;
import infrarust.proxy.login.IdentityForwarding;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginSuccess;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/** Says to one server who one player is, and notices when the server does not take it. Only the loop's thread. */
final class Introduction {

    /** What a player reads whose version cannot be introduced. */
    static final Component TOO_OLD = Component.text("This server needs Minecraft 1.13 or newer.");

    private final Session session;
    private final ServerConfig server;
    private final IdentityForwarding forwarding;
    private final Identity player;
    private boolean asked;

    Introduction(Session session, ServerConfig server) {
        this.session = session;
        this.server = server;
        this.forwarding = session.sessions().forwardings().of(session.client().currentConfiguration(), server);
        this.player =
                Identity.of(session.profile(), session.client().remoteAddress().getAddress());
    }

    /** Whether the client's version can be introduced at all. */
    boolean isPossible() {
        return forwarding.isPossible(session.ids());
    }

    Handshake handshake() {
        return forwarding.handshake(session.client().handshakeFor(server), player);
    }

    /** The answer to the server's question, if the server is to be answered. */
    Optional<byte[]> answer(byte[] question) {
        asked = true;
        return forwarding.answer(question, player);
    }

    /** What is wrong when the server accepts the login with these words. */
    Optional<ForwardingFault> accepted(ByteBuf loginSuccess) {
        return forwarding.accepted(
                asked, player.profile(), () -> LoginSuccess.UUID_ONLY.read(loginSuccess, session.ids()));
    }

    /** What is wrong when the server refuses the login with these words, if it is about the introduction. */
    Optional<ForwardingFault> refused(ByteBuf loginDisconnect) {
        return ForwardingFault.ofRefusal(
                LoginDisconnect.LAYOUT.read(loginDisconnect, session.ids()).json(), forwarding.mode());
    }

    /** What is probably wrong when the server closes the connection before it has said anything. */
    Optional<ForwardingFault> closed() {
        return forwarding.inHandshake() ? Optional.of(ForwardingFault.HANDSHAKE_UNREADABLE) : Optional.empty();
    }
}
