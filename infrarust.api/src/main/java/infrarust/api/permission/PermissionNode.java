package infrarust.api.permission;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A permission that somebody asks for.
 *
 * @param name words of {@code a-z 0-9 _ -} with dots between, at most 256 characters; kept in lower case
 * @param whenUnsaid who has it as long as nobody says anything about it
 * @param description one line for people; may be empty
 */
public record PermissionNode(String name, PermissionDefault whenUnsaid, String description) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final int LONGEST = 256;

    /** @throws IllegalArgumentException if the name has another form */
    public PermissionNode {
        name = name.toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot be a permission: use words of a-z 0-9 _ - with dots"
                            + " between, such as myplugin.command.home");
        }
    }

    /** A node without a description. */
    public static PermissionNode of(String name, PermissionDefault whenUnsaid) {
        return new PermissionNode(name, whenUnsaid, "");
    }
}
