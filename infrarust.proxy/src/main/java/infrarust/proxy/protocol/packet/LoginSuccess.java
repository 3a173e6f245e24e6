package infrarust.proxy.protocol.packet;

import infrarust.api.player.GameProfile;
import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The server accepts a login.
 *
 * @param uuid the player's UUID
 * @param name the player's name
 * @param properties signed properties of the profile, such as textures; on the wire since 1.19
 * @param session a UUID of this login; on the wire since 26.2, the nil UUID before
 */
public record LoginSuccess(UUID uuid, String name, List<Property> properties, UUID session) {

    private static final UUID NIL = new UUID(0, 0);
    private static final int MAX_PROPERTIES = 16;

    /** A profile property; names of 64, values of 32,767 and signatures of 1,024 characters are vanilla's limits. */
    public record Property(String name, String value, Optional<String> signature) {
        static final Layout<Property> LAYOUT = Layout.fields(
                Layout.string(64),
                Property::name,
                Layout.string(Wire.MAX_STRING),
                Property::value,
                Layout.string(1024).optional(),
                Property::signature,
                Property::new);
    }

    /** The acceptance of that player, with a new session. */
    public static LoginSuccess of(GameProfile profile) {
        List<Property> properties = profile.properties().stream()
                .map(property -> new Property(property.name(), property.value(), property.signature()))
                .toList();
        return new LoginSuccess(profile.uuid(), profile.username(), properties, UUID.randomUUID());
    }

    private static final Layout<String> NAME = Layout.string(Wire.MAX_NAME);
    private static final Layout<List<Property>> NO_PROPERTIES = Layout.absent(List.of());
    private static final Layout<List<Property>> PROPERTIES = Property.LAYOUT.list(MAX_PROPERTIES);
    private static final Layout<UUID> NO_SESSION = Layout.absent(NIL);
    /** 1.20.5 and 1.21: whether the client gives up on a packet error; the proxy says no, as servers with mods need. */
    private static final Layout<UUID> STRICT_ERRORS = Layout.BOOLEAN.map(strict -> NIL, ignored -> false);

    /** Wire layout. */
    public static final PacketLayout<LoginSuccess> LAYOUT = PacketLayout.always(
                    PacketType.CLIENTBOUND_LOGIN_SUCCESS, template(Layout.UUID_UNDASHED, NO_PROPERTIES, NO_SESSION))
            .since(ProtocolVersion.V1_7_6, template(Layout.UUID_DASHED, NO_PROPERTIES, NO_SESSION))
            .since(ProtocolVersion.V1_16, template(Layout.UUID_BINARY, NO_PROPERTIES, NO_SESSION))
            .since(ProtocolVersion.V1_19, template(Layout.UUID_BINARY, PROPERTIES, NO_SESSION))
            .since(ProtocolVersion.V1_20_5, template(Layout.UUID_BINARY, PROPERTIES, STRICT_ERRORS))
            .since(ProtocolVersion.V1_21_2, template(Layout.UUID_BINARY, PROPERTIES, NO_SESSION))
            .since(ProtocolVersion.V26_2, template(Layout.UUID_BINARY, PROPERTIES, Layout.UUID_BINARY));

    /** Only the UUID, which comes first; for reading. */
    public static final PacketLayout<UUID> UUID_ONLY = PacketLayout.always(
                    PacketType.CLIENTBOUND_LOGIN_SUCCESS, Layout.UUID_UNDASHED)
            .since(ProtocolVersion.V1_7_6, Layout.UUID_DASHED)
            .since(ProtocolVersion.V1_16, Layout.UUID_BINARY);

    private static Layout<LoginSuccess> template(
            Layout<UUID> uuid, Layout<List<Property>> properties, Layout<UUID> session) {
        return Layout.fields(
                uuid,
                LoginSuccess::uuid,
                NAME,
                LoginSuccess::name,
                properties,
                LoginSuccess::properties,
                session,
                LoginSuccess::session,
                LoginSuccess::new);
    }
}
