package infrarust.proxy.login;

import infrarust.api.player.GameProfile;
import java.net.InetAddress;
import java.util.UUID;

/**
 * What a server is told about a player.
 *
 * @param profile who it is
 * @param address where it comes from, in numbers
 */
public record Identity(GameProfile profile, String address) {

    /** That player, connected from that address. */
    public static Identity of(GameProfile profile, InetAddress address) {
        String numbers = address.getHostAddress();
        // The zone of a link-local address means something on this machine only.
        int zone = numbers.indexOf('%');
        return new Identity(profile, zone < 0 ? numbers : numbers.substring(0, zone));
    }

    /** The UUID as 32 digits. */
    String undashedUuid() {
        UUID uuid = profile.uuid();
        return uuid.toString().replace("-", "");
    }
}
