package infrarust.api.permission;

/**
 * Says what one player may do. Any thread may ask, event loops included, so an answer must come from memory and at once;
 * an exception counts as {@link Tristate#UNDEFINED}.
 */
@FunctionalInterface
public interface PermissionChecker {

    /**
     * Whether the player has a permission.
     *
     * @param node in lower case, words with dots between, for example {@code infrarust.command.kick}
     */
    Tristate value(String node);
}
