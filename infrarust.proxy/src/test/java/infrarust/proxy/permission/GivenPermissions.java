package infrarust.proxy.permission;

import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;

/** Permissions for tests that care for other things. */
public final class GivenPermissions {

    private GivenPermissions() {}

    /** Nobody has been made an admin by command. */
    public static PlayerPermissions of(PermissionSettings settings, EventDispatcher events, Deadlines clock) {
        return new PlayerPermissions(
                settings, new Admins(new Database(Path.of("none")), InstantSource.system()), events, clock);
    }
}
