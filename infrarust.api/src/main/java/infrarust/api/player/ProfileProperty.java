package infrarust.api.player;

import java.util.Optional;

/**
 * One property of a profile.
 *
 * @param name for example {@code textures}
 * @param value as the authentication service wrote it
 * @param signature of the value by that service, if it was asked for one
 */
public record ProfileProperty(String name, String value, Optional<String> signature) {}
