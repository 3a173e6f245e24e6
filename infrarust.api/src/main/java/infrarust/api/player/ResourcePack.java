package infrarust.api.player;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import net.kyori.adventure.text.Component;

/**
 * A resource pack that a client is to load.
 *
 * @param id what removes it again, and what its {@linkplain infrarust.api.event.PlayerResourcePackStatusEvent status} is told by
 * @param url where the client gets it, {@code http} or {@code https}
 * @param hash the SHA-1 of the file, 40 hexadecimal digits in lower case; empty if the client is to load it in any case
 * @param required whether the client disconnects when the player does not want it; since 1.17
 * @param prompt what the client says when it asks the player; since 1.17
 */
public record ResourcePack(UUID id, String url, String hash, boolean required, Optional<Component> prompt) {

    private static final Pattern HASH = Pattern.compile("([0-9a-f]{40})?");
    private static final int MAX_URL = 32_767;

    /** @throws IllegalArgumentException if address or hash do not have the form */
    public ResourcePack {
        if (url.isEmpty() || url.length() > MAX_URL) {
            throw new IllegalArgumentException("a resource pack needs an address of 1 to " + MAX_URL + " characters");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "\"" + hash + "\" is no SHA-1: expected are 40 hexadecimal digits in lower case, or nothing");
        }
    }

    /** A pack that the player may decline, with an id of its own and no words. */
    public static ResourcePack of(String url, String hash) {
        return new ResourcePack(UUID.randomUUID(), url, hash, false, Optional.empty());
    }

    /** The same, required or not. */
    public ResourcePack required(boolean value) {
        return new ResourcePack(id, url, hash, value, prompt);
    }

    /** The same with these words. */
    public ResourcePack withPrompt(Component words) {
        return new ResourcePack(id, url, hash, required, Optional.of(words));
    }
}
