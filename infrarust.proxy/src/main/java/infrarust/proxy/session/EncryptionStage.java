package infrarust.proxy.session;

import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.OnlineAuthFailedEvent.Cause;
import infrarust.api.event.OnlineAuthFailedEvent.Result;
import infrarust.api.player.GameProfile;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.login.OnlineLogin;
import infrarust.proxy.login.SessionServer;
import infrarust.proxy.net.Encryption;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.EncryptionRequest;
import infrarust.proxy.protocol.packet.EncryptionResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the plugins' yes until the session server has confirmed the account: asks the client to encrypt, encrypts, and asks the
 * session server. Only the loop's thread; what computes or waits runs elsewhere.
 */
final class EncryptionStage implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionStage.class);

    /** The client tells the session server that it joins before it answers, which may take its network a while. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    private static final Component NOT_JOINED =
            Component.text("Your account could not be verified. Restart your game and log in again.");
    private static final Component UNREACHABLE = Component.text(
            "The session servers cannot be reached at the moment, so your account cannot be verified. Try again later.");
    private static final Component BROKEN = Component.text("Your client's answer to the encryption request is wrong.");

    private final ClientConnection client;
    private final Link link;
    private final OnlineLogin online;
    private final EventDispatcher events;
    private final LoginStart login;
    private final Consumer<Outcome> result;
    private byte[] token = {};
    private boolean answered;
    private boolean finished;

    /** What comes of it. */
    sealed interface Outcome {

        /** The session server has confirmed the account. */
        record Confirmed(GameProfile profile) implements Outcome {}

        /** It has not, and a plugin lets the client in all the same. */
        record Unconfirmed() implements Outcome {}

        /** The login has ended; the client has been told or has gone. */
        record Over() implements Outcome {}
    }

    /**
     * @param online how accounts are verified
     * @param events where plugins hear that one could not be
     * @param result hears what comes of it, once
     */
    EncryptionStage(
            ClientConnection client,
            Link link,
            OnlineLogin online,
            EventDispatcher events,
            LoginStart login,
            Consumer<Outcome> result) {
        this.client = client;
        this.link = link;
        this.online = online;
        this.events = events;
        this.login = login;
        this.result = result;
    }

    void begin() {
        link.receiver(this);
        client.deadline(ANSWER_TIME);
        then(online.keys(), keys -> {
            token = keys.newToken();
            link.send(
                    EncryptionRequest.LAYOUT,
                    client.packetIds(),
                    new EncryptionRequest(OnlineLogin.SERVER_ID, keys.publicKey(), token, true));
            link.flush();
            link.resume();
        });
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        ByteBuf packet = frame.duplicate();
        if (answered
                || Wire.readVarInt(packet) != client.packetIds().id(PacketType.SERVERBOUND_LOGIN_ENCRYPTION_RESPONSE)) {
            throw new MalformedPacketException("Something else than the answer to the encryption request");
        }
        EncryptionResponse response = EncryptionResponse.LAYOUT.read(packet, client.packetIds());
        answered = true;
        client.noDeadline();
        link.pause();
        then(online.secret(token, response, login), secret -> {
            if (secret.isEmpty()) {
                client.refused(Refusal.MALFORMED);
                client.refuse(BROKEN);
                finish(new Outcome.Over());
            } else {
                encrypt(secret.get());
            }
        });
        return false;
    }

    private void encrypt(byte[] secret) {
        try {
            Encryption.begin(client.channel(), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES", e);
        }
        then(online.account(login.name(), secret, client.remoteAddress().getAddress()), answer -> {
            switch (answer) {
                case SessionServer.Answer.Joined(GameProfile profile) -> finish(new Outcome.Confirmed(profile));
                case SessionServer.Answer.NotJoined() -> failed(Cause.NOT_JOINED, Refusal.NOT_VERIFIED, NOT_JOINED);
                case SessionServer.Answer.Unreachable(String why) -> {
                    LOG.debug("The session server cannot be asked: {}", why);
                    failed(Cause.UNREACHABLE, Refusal.SESSION_SERVER, UNREACHABLE);
                }
            }
        });
    }

    /** The plugins have the last word about it. */
    private void failed(Cause cause, Refusal counted, Component reason) {
        events.fire(
                new OnlineAuthFailedEvent(
                        login.name(), client.remoteAddress(), client.handshake().protocol(), cause, reason),
                client.eventLoop(),
                event -> {
                    if (finished || !client.channel().isActive()) {
                        finish(new Outcome.Over());
                        return;
                    }
                    switch (event.result()) {
                        case Result.Deny(Component told) -> {
                            client.refused(counted);
                            client.refuse(told);
                            finish(new Outcome.Over());
                        }
                        case Result.AllowOffline() -> finish(new Outcome.Unconfirmed());
                    }
                });
    }

    /** Goes on upon the loop, unless the client has gone meanwhile. */
    private <T> void then(CompletionStage<T> work, Consumer<T> next) {
        var _ = work.whenCompleteAsync(
                (value, failure) -> {
                    if (finished) {
                        return;
                    }
                    if (!client.channel().isActive()) {
                        finish(new Outcome.Over());
                    } else if (failure != null) {
                        LOG.error("A login fails because of a fault", failure);
                        client.close();
                        finish(new Outcome.Over());
                    } else {
                        next.accept(value);
                    }
                },
                client.eventLoop());
    }

    @Override
    public void malformed(Link from, MalformedPacketException why) {
        client.malformed();
        gone();
    }

    @Override
    public void ended(Link from) {
        client.noDeadline();
        client.close();
        gone();
    }

    private void gone() {
        answered = true;
        finish(new Outcome.Over());
    }

    private void finish(Outcome outcome) {
        if (!finished) {
            finished = true;
            result.accept(outcome);
        }
    }
}
