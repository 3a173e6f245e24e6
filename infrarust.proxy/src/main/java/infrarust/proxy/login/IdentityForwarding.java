package infrarust.proxy.login;

import infrarust.api.player.GameProfile;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.Handshake;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** How one server is told who a player is. Immutable; any thread. */
public sealed interface IdentityForwarding {

    /** The setting that it comes from. */
    ForwardingMode mode();

    /**
     * The handshake that the server gets.
     *
     * @param dialed the client's, with the host that the server shall see; the markers of mod loaders stay in any case
     */
    default Handshake handshake(Handshake dialed, Identity player) {
        return withHost(dialed, DialedHost.of(dialed.host()).whole());
    }

    /** Whether a login that the server accepts without having asked {@link VelocityForwarding#CHANNEL} is not to be trusted. */
    default boolean mustBeAsked() {
        return false;
    }

    /** Whether the handshake carries the identity. */
    default boolean inHandshake() {
        return false;
    }

    /** Whether a version allows it at all: without login plugin messages, nobody can ask. */
    default boolean isPossible(PacketIds ids) {
        return !mustBeAsked() || ids.has(PacketType.CLIENTBOUND_LOGIN_PLUGIN_REQUEST);
    }

    /**
     * What is wrong when a server accepts the login.
     *
     * @param asked whether it has asked {@link VelocityForwarding#CHANNEL}
     * @param given the UUID that it gives the player; read only when it matters
     */
    default Optional<ForwardingFault> accepted(boolean asked, GameProfile player, Supplier<UUID> given) {
        if (mustBeAsked() && !asked) {
            return Optional.of(ForwardingFault.VELOCITY_NOT_ASKED);
        }
        if (mode() == ForwardingMode.NONE) {
            return Optional.empty();
        }
        UUID uuid = given.get();
        return !uuid.equals(player.uuid()) && uuid.equals(OfflineProfile.uuid(player.username()))
                ? Optional.of(ForwardingFault.IDENTITY_IGNORED)
                : Optional.empty();
    }

    /** The answer to a question on {@link VelocityForwarding#CHANNEL}, if there is one. */
    default Optional<byte[]> answer(byte[] question, Identity player) {
        return Optional.empty();
    }

    private static Handshake withHost(Handshake dialed, String host) {
        return new Handshake(dialed.protocol(), host, dialed.port(), dialed.next());
    }

    /** The server is told nothing. */
    record None() implements IdentityForwarding {
        @Override
        public ForwardingMode mode() {
            return ForwardingMode.NONE;
        }
    }

    /** In the host, unsigned. */
    record BungeeCord() implements IdentityForwarding {
        @Override
        public ForwardingMode mode() {
            return ForwardingMode.BUNGEE_CORD;
        }

        @Override
        public boolean inHandshake() {
            return true;
        }

        @Override
        public Handshake handshake(Handshake dialed, Identity player) {
            return withHost(dialed, LegacyForwarding.host(dialed.host(), player, Optional.empty()));
        }
    }

    /**
     * In the host, with a token.
     *
     * @param secret the token
     */
    record BungeeGuard(ForwardingSecret secret) implements IdentityForwarding {
        @Override
        public ForwardingMode mode() {
            return ForwardingMode.BUNGEE_GUARD;
        }

        @Override
        public boolean inHandshake() {
            return true;
        }

        @Override
        public Handshake handshake(Handshake dialed, Identity player) {
            return withHost(dialed, LegacyForwarding.host(dialed.host(), player, Optional.of(secret)));
        }
    }

    /**
     * In the answer to a question of the server, signed.
     *
     * @param secret the key of the signature
     */
    record Velocity(ForwardingSecret secret) implements IdentityForwarding {
        @Override
        public ForwardingMode mode() {
            return ForwardingMode.VELOCITY;
        }

        @Override
        public boolean mustBeAsked() {
            return true;
        }

        @Override
        public Optional<byte[]> answer(byte[] question, Identity player) {
            return Optional.of(VelocityForwarding.answer(question, player, secret));
        }
    }

    /**
     * The forwarding of that setting.
     *
     * @param secret has to be there when the mode uses one
     * @throws IllegalStateException when it is not
     */
    static IdentityForwarding of(ForwardingMode mode, Optional<ForwardingSecret> secret) {
        return switch (mode) {
            case NONE -> new None();
            case BUNGEE_CORD -> new BungeeCord();
            case BUNGEE_GUARD -> new BungeeGuard(needed(mode, secret));
            case VELOCITY -> new Velocity(needed(mode, secret));
        };
    }

    private static ForwardingSecret needed(ForwardingMode mode, Optional<ForwardingSecret> secret) {
        return secret.orElseThrow(() -> new IllegalStateException(mode + " without a secret"));
    }
}
