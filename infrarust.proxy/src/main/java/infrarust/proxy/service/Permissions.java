package infrarust.proxy.service;

import infrarust.api.command.CommandSource;

/** Who may do what. Any thread may ask; answers are quick. */
@FunctionalInterface
public interface Permissions {

    /** Whether the source has that permission. */
    boolean has(CommandSource source, String node);
}
