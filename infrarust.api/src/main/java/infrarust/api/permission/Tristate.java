package infrarust.api.permission;

/** Yes, no, or nothing said. */
public enum Tristate {
    /** Yes. */
    TRUE,
    /** No. */
    FALSE,
    /** Nothing is said; somebody else decides. */
    UNDEFINED;

    /** Yes or no. */
    public static Tristate of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** As yes or no. */
    public boolean orElse(boolean whenUndefined) {
        return this == UNDEFINED ? whenUndefined : this == TRUE;
    }
}
