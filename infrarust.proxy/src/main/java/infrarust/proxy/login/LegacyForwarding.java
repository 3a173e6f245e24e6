package infrarust.proxy.login;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import infrarust.api.player.ProfileProperty;
import java.util.Optional;

/**
 * What BungeeCord puts into the host of the handshake: the name, the player's address, the UUID without dashes and the
 * properties as JSON, with a NUL between them. The markers of mod loaders would be pieces of their own there, so they travel
 * as properties, with 0x01 for each NUL, as servers with mods expect them from BungeeCord.
 */
final class LegacyForwarding {

    private LegacyForwarding() {}

    /**
     * The host.
     *
     * @param dialed as it would be without forwarding
     * @param token of BungeeGuard
     */
    static String host(String dialed, Identity player, Optional<ForwardingSecret> token) {
        DialedHost parts = DialedHost.of(dialed);
        JsonArray properties = new JsonArray();
        for (ProfileProperty property : player.profile().properties()) {
            properties.add(property(property.name(), property.value(), property.signature()));
        }
        if (parts.markers().contains(DialedHost.FML)) {
            properties.add(property("forgeClient", "true", Optional.of("")));
        }
        if (!parts.markers().isEmpty()) {
            properties.add(property("extraData", parts.markers().replace('\0', '\1'), Optional.of("")));
        }
        token.ifPresent(secret -> properties.add(property("bungeeguard-token", secret.text(), Optional.of(""))));
        String host = parts.name() + '\0' + player.address() + '\0' + player.undashedUuid();
        // JSON escapes control characters, so no value can begin another piece.
        return properties.isEmpty() ? host : host + '\0' + properties;
    }

    private static JsonObject property(String name, String value, Optional<String> signature) {
        JsonObject property = new JsonObject();
        property.addProperty("name", name);
        property.addProperty("value", value);
        signature.ifPresent(text -> property.addProperty("signature", text));
        return property;
    }
}
