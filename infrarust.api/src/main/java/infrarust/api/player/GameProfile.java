package infrarust.api.player;

import java.util.List;
import java.util.UUID;

/**
 * Who a player is to the game.
 *
 * @param uuid the account's id, or one derived from the name where nobody was asked to prove it
 * @param username as the player wrote it, 1 to 16 characters
 * @param properties what the authentication service said beside, such as the skin
 */
public record GameProfile(UUID uuid, String username, List<ProfileProperty> properties) {

    public GameProfile {
        properties = List.copyOf(properties);
    }
}
