package infrarust.api.permission;

/** Who has a permission about which nobody says anything. */
public enum PermissionDefault {
    /** Everybody. */
    TRUE,
    /** Nobody. */
    FALSE,
    /** The admins: those whom the configuration or the command {@code op} names. */
    ADMIN
}
