package infrarust.proxy.login;

import infrarust.api.player.GameProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Who a player is whom nobody asked for proof. */
public final class OfflineProfile {

    private OfflineProfile() {}

    /** The profile of a name, with the UUID that a vanilla server in offline mode gives it. */
    public static GameProfile of(String name) {
        return new GameProfile(uuid(name), name, List.of());
    }

    /** UUID version 3 (MD5, without a namespace) of {@code OfflinePlayer:} and the name. */
    public static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a client may call itself so: not empty, and without spaces and control characters. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c != 0x7F);
    }
}
