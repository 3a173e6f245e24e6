package infrarust.proxy.session;

import infrarust.proxy.login.ForwardingFault;
import infrarust.proxy.login.Identity;
import infrarust.proxy.login.IdentityForwarding;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginSuccess;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Says to one server who one player is, and notices when the server does not take it. Only the loop's thread. */
final class Introduction {

    private final Session session;
    private final IdentityForwarding forwarding;
    private final Identity player;
    private boolean asked;

    Introduction(Session session) {
        this.session = session;
        this.forwarding =
                session.sessions().forwardings().of(session.client().route().snapshot(), session.server());
        this.player =
                Identity.of(session.profile(), session.client().remoteAddress().getAddress());
    }

    /** Whether the client's version can be introduced at all. */
    boolean isPossible() {
        return forwarding.isPossible(session.ids());
    }

    Handshake handshake() {
        return forwarding.handshake(session.client().handshakeFor(session.server()), player);
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
