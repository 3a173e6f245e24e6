package infrarust.proxy.session;

import infrarust.api.ban.LoginAttempt.Stage;
import infrarust.api.player.GameProfile;
import infrarust.proxy.ban.BanBarrier;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.gate.ClientConnection;
import infrarust.proxy.login.LoginGuard;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.telemetry.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/** From the handshake until the plugins have answered: reads the login start and asks. Only the loop's thread. */
final class LoginStage implements Receiver {

    /** A login start of any version: a name, a key of 512 and a signature of 4,096 bytes, a UUID. */
    private static final int MAX_LOGIN_START = 6 << 10;

    private final Sessions sessions;
    private final ClientConnection client;
    private final Link link;
    private boolean started;

    LoginStage(Sessions sessions, ClientConnection client) {
        this.sessions = sessions;
        this.client = client;
        this.link = new Link(client.scope(), sessions.compression(), this);
        link.walk().maxLength(MAX_LOGIN_START);
    }

    Link link() {
        return link;
    }

    @Override
    public boolean frame(Link from, int ignored, ByteBuf frame) {
        ByteBuf packet = frame.duplicate();
        if (Wire.readVarInt(packet) != client.packetIds().id(PacketType.SERVERBOUND_LOGIN_START)) {
            throw new MalformedPacketException("A login that does not begin with its start");
        }
        LoginStart login = LoginStart.LAYOUT.read(packet, client.packetIds());
        if (!OfflineProfile.isName(login.name())) {
            throw new MalformedPacketException("A player without a name, or with one that has spaces");
        }
        started = true;
        client.noDeadline();
        link.pause();
        // What the backend gets is what the client sent, but for its chat key: to servers nobody has one, since a chain
        // of signatures breaks with the first message that is held back. It waits here, a few bytes, while plugins
        // think.
        ByteBuf start = login.key().isEmpty()
                ? frame.copy()
                : LoginStart.LAYOUT.encode(
                        client.channel().alloc(),
                        client.packetIds(),
                        new LoginStart(login.name(), Optional.empty(), login.uuid()));
        GameProfile profile = OfflineProfile.of(login.name());
        Arrival.go(
                client,
                sessions.bans()
                        .check(BanBarrier.attempt(
                                Stage.PRE_AUTH,
                                client,
                                client.route(),
                                Optional.of(login.name()),
                                Optional.empty(),
                                false)),
                banned -> checked(banned, profile, login, start));
        return false;
    }

    private void checked(Optional<Component> banned, GameProfile profile, LoginStart login, ByteBuf start) {
        if (!client.channel().isActive()) {
            start.release();
        } else if (banned.isPresent()) {
            start.release();
            client.refused(Refusal.BANNED);
            client.refuse(banned.get());
        } else {
            sessions.guard().ask(client, profile, verdict -> answered(verdict, profile, login, start));
        }
    }

    private void answered(LoginGuard.Verdict verdict, GameProfile profile, LoginStart login, ByteBuf start) {
        if (!client.channel().isActive()) {
            start.release();
            return;
        }
        switch (verdict) {
            case LoginGuard.Verdict.Allowed(LoginGuard.Authentication by) -> {
                if (isOnline(by)) {
                    verify(login, start);
                } else {
                    arrives(profile, false, login, start);
                }
            }
            case LoginGuard.Verdict.Denied(Component reason) -> {
                start.release();
                client.refused(Refusal.PLUGIN);
                client.refuse(reason);
            }
        }
    }

    private boolean isOnline(LoginGuard.Authentication by) {
        return switch (by) {
            case ONLINE -> true;
            case OFFLINE -> false;
            case AS_CONFIGURED -> client.route().server().orElseThrow().proxyMode() == ProxyMode.CLIENT_ONLY;
        };
    }

    private void verify(LoginStart login, ByteBuf start) {
        new EncryptionStage(client, link, sessions.online(), sessions.events(), login, outcome -> {
                    switch (outcome) {
                        case EncryptionStage.Outcome.Confirmed(GameProfile profile) ->
                            arrives(profile, true, login, start);
                        case EncryptionStage.Outcome.Unconfirmed() ->
                            arrives(OfflineProfile.of(login.name()), false, login, start);
                        case EncryptionStage.Outcome.Over() -> start.release();
                    }
                })
                .begin();
    }

    private void arrives(GameProfile profile, boolean verified, LoginStart login, ByteBuf start) {
        new Arrival(sessions, client, link, login).begin(profile, verified, start);
    }

    @Override
    public void malformed(Link from, MalformedPacketException why) {
        client.malformed();
    }

    @Override
    public void ended(Link from) {
        client.noDeadline();
        // With the login started, the plugins' answer finds the channel closed.
        if (!started || client.channel().isActive()) {
            client.close();
        }
    }
}
