package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.Optional;
import java.util.UUID;

/**
 * A client says who it wants to be.
 *
 * @param name 1 to 16 characters
 * @param key the chat key of 1.19 to 1.19.2
 * @param uuid the UUID that the client believes to have; since 1.19.1, always there since 1.20.2
 */
public record LoginStart(String name, Optional<Key> key, Optional<UUID> uuid) {

    /**
     * A player's public chat key, passed through and not checked.
     *
     * @param expiry when it ends, milliseconds since 1970
     * @param key DER
     * @param signature of Mojang
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
    public record Key(long expiry, byte[] key, byte[] signature) {
        static final Layout<Key> LAYOUT = Layout.fields(
                Layout.LONG, Key::expiry, Layout.bytes(512), Key::key, Layout.bytes(4096), Key::signature, Key::new);
    }

    private static final Layout<String> NAME = Layout.string(Wire.MAX_NAME);
    private static final Layout<Optional<Key>> NO_KEY = Layout.absent(Optional.empty());
    private static final Layout<Optional<UUID>> NO_UUID = Layout.absent(Optional.empty());
    /** Writing a packet without a UUID where the version demands one sends the nil UUID, which vanilla servers ignore. */
    private static final Layout<Optional<UUID>> UUID_ALWAYS =
            Layout.UUID_BINARY.map(Optional::of, uuid -> uuid.orElse(new UUID(0, 0)));

    /** Wire layout. */
    public static final PacketLayout<LoginStart> LAYOUT = PacketLayout.always(
                    PacketType.SERVERBOUND_LOGIN_START, template(NO_KEY, NO_UUID))
            .since(ProtocolVersion.V1_19, template(Key.LAYOUT.optional(), NO_UUID))
            .since(ProtocolVersion.V1_19_1, template(Key.LAYOUT.optional(), Layout.UUID_BINARY.optional()))
            .since(ProtocolVersion.V1_19_3, template(NO_KEY, Layout.UUID_BINARY.optional()))
            .since(ProtocolVersion.V1_20_2, template(NO_KEY, UUID_ALWAYS));

    private static Layout<LoginStart> template(Layout<Optional<Key>> key, Layout<Optional<UUID>> uuid) {
        return Layout.fields(NAME, LoginStart::name, key, LoginStart::key, uuid, LoginStart::uuid, LoginStart::new);
    }
}
