/**
 * Who may do what: {@link infrarust.api.permission.PermissionNode nodes} with defaults, and {@link
 * infrarust.api.permission.PermissionChecker} that say for one player which of them hold.
 */
@NullMarked
package infrarust.api.permission;

import org.jspecify.annotations.NullMarked;
