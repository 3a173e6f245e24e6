package infrarust.proxy.permission;

import infrarust.api.permission.PermissionChecker;

/** A player who keeps whoever says what it may do. Any thread. */
public interface PermissionHolder {

    /** Asks that one from now on. */
    void hold(PermissionChecker checker);
}
